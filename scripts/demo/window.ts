import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runTraffic, shopFolder, type RunningShop } from '../../test/support/shop.ts';
import { startJaegerBackend, startLocalBackend } from './backend.ts';
import { demoFolder, packExtension } from './build.ts';
import type { CleanUp } from './cleanUp.ts';
import { openEditor, editorStorage, prepareEditor } from './editor.ts';
import { demoPort } from './port.ts';
import { sendVisitors, startSample } from './traffic.ts';

/** The user's story: the DELETE that takes seconds. */
const slowHandler = {
  path: 'apps/shop-api/src/orders/orders.controller.ts',
  text: 'async remove(',
};
const firstSeconds = 20;
/** A visitor every two seconds afterwards, so that the newest figures are never old. */
const laterRate = 0.5;
const laterSeconds = 60;

/** VS Code on samples/shop, its source of traces already filled; visitors keep coming until Ctrl+C. */
export async function showWindow(
  { jaeger, browser }: { readonly jaeger: boolean; readonly browser: boolean },
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<void> {
  await rm(demoFolder, { recursive: true, force: true });
  await mkdir(demoFolder, { recursive: true });
  const editor = editorStorage(demoFolder, browser);
  await prepareEditor(editor);
  signal.throwIfAborted();
  const port = await demoPort();
  const backend = jaeger
    ? await startJaegerBackend(cleanUp)
    : await startLocalBackend(join(editor.globalStorage, 'traces.db'), port, cleanUp);
  const shop = await startSample(backend.otlp, cleanUp);
  signal.throwIfAborted();
  await sendVisitors(shop, firstSeconds, signal);
  const vsix = await packExtension();
  const settings =
    'url' in backend
      ? { 'spanhop.source': 'jaeger', 'spanhop.jaeger.url': backend.url }
      : { 'spanhop.localStore.port': port };
  const file = { path: slowHandler.path, line: await slowLine() };
  const { closed } = await openEditor({
    editor,
    vsix,
    settings,
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
}

async function slowLine(): Promise<number> {
  const lines = (await readFile(join(shopFolder, slowHandler.path), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(slowHandler.text)) + 1;
}

async function keepVisiting(shop: RunningShop, signal: AbortSignal): Promise<void> {
  for (let seed = 2; !signal.aborted; seed++) {
    const { failures } = await runTraffic(shop, {
      seed,
      rate: laterRate,
      seconds: laterSeconds,
      signal,
    });
    // A service that ended answers nothing any more: no use in asking faster.
    if (failures.length > 0) await sleep(1_000);
  }
}
