import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import type { EditorServer } from '../support/editor/startEditorServer.ts';
import { freePort } from '../support/freePort.ts';
import { otlpOf, sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { commandLine, commandLineShows, describeExactUnits, known, spans } from './exactUnits.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives } from './stage.ts';

describeExactUnits('the embedded store', async (opened) => {
  const port = await freePort();
  const receiver = `http://127.0.0.1:${String(port)}`;
  const server = await opened.server({ 'spanhop.localStore.port': port });
  const window = await opened.window(server, await opened.browser(), shopFolder);
  await window.openFile(ordersController);
  await receives(receiver);
  await sendOtlp(receiver, spans);
  return { server, window, flags: ['--local', databaseOf(server)] };
});

describe('spans of 250 ms, 258 ms, 3 µs and 2 min out of a file', () => {
  const opened = openedHere();
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-units-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are these on the command line', async () => {
    const file = join(folder, 'otlp.json');
    await writeFile(file, JSON.stringify(otlpOf(spans)));
    const server = await opened.server({});
    const printed = await commandLine(server, ['trace', file]);
    for (const { text } of known) assert.ok(printed.includes(text), printed);
    await commandLineShows(server, [file], () => [file]);
  });
});

function databaseOf(server: EditorServer): string {
  const [path] = globSync(`data/User/globalStorage/${extensionId}/**/*.{db,sqlite}`, {
    cwd: server.dataFolder,
  });
  assert.ok(path !== undefined, 'the store has a database');
  return join(server.dataFolder, path);
}
