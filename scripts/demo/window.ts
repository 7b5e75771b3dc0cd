import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { shopFolder } from '../../test/support/shop.ts';
import { startJaegerBackend, startLocalBackend, type Backend } from './backend.ts';
import { startChainBackend } from './chain.ts';
import { demoFolder, packExtension } from './build.ts';
import type { CleanUp } from './cleanUp.ts';
import { openEditor, editorStorage, prepareEditor } from './editor.ts';
import { keepVisiting } from './keepVisiting.ts';
import type { DemoOptions } from './main.ts';
import { demoPort } from './port.ts';
import { sendVisitors, startSample } from './traffic.ts';

/** The user's story: the DELETE that takes seconds. */
const slowHandler = {
  path: 'apps/shop-api/src/orders/orders.controller.ts',
  text: 'async remove(',
};
const firstSeconds = 20;

/** VS Code on samples/shop, its source of traces already filled; visitors keep coming until Ctrl+C. */
export async function showWindow(
  { jaeger, chain, browser }: DemoOptions,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<void> {
  await rm(demoFolder, { recursive: true, force: true });
  await mkdir(demoFolder, { recursive: true });
  const editor = editorStorage(demoFolder, browser);
  await prepareEditor(editor);
  signal.throwIfAborted();
  const backend = await openBackend();
  const shop = backend.shop ?? (await startSample(backend.otlp, cleanUp));
  signal.throwIfAborted();
  await sendVisitors(shop, firstSeconds, signal);
  await backend.written?.();
  const vsix = await packExtension();
  const file = { path: slowHandler.path, line: await slowLine() };
  const { closed } = await openEditor({
    editor,
    vsix,
    settings: backend.settings,
    folder: shopFolder,
    file,
    cleanUp,
  });
  console.log(
    'The figures above each handler, and the Spanhop icon at the left, are where to click first: its first row is the\n' +
      'slow DELETE. Visitors keep coming. Ctrl+C stops everything.',
  );
  const ended = new AbortController();
  void keepVisiting(shop, ended.signal);
  await Promise.race([closed, once(signal, 'abort')]);
  ended.abort();

  async function openBackend(): Promise<Backend> {
    if (chain) return startChainBackend(cleanUp);
    if (jaeger) return startJaegerBackend(cleanUp);
    return startLocalBackend(join(editor.globalStorage, 'traces.db'), await demoPort(), cleanUp);
  }
}

async function slowLine(): Promise<number> {
  const lines = (await readFile(join(shopFolder, slowHandler.path), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(slowHandler.text)) + 1;
}
