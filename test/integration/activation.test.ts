import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Browser } from 'playwright-core';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { freePort } from '../support/freePort.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

describe('a folder of which no file is shown', () => {
  const opened = openedHere();
  const folders: string[] = [];
  let browser: Browser;
  before(async () => {
    browser = await opened.browser();
  });
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'spanhop-activation-'));
    folders.push(folder);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  }

  /** A window on these files, once VS Code has started what they start; and where Spanhop would listen. */
  async function open(
    files: Readonly<Record<string, string>>,
  ): Promise<{ window: EditorWindow; receiver: string }> {
    const port = await freePort();
    const server = await opened.server({ 'spanhop.localStore.port': port });
    const window = await opened.window(server, browser, await folderOf(files));
    await window.until('the end of the start', () =>
      Promise.resolve(server.hasStartedExtensions()),
    );
    return { window, receiver: `http://127.0.0.1:${String(port)}` };
  }

  const services = {
    'a Nest application': { 'nest-cli.json': '{}' },
    'a Nest application below the folder': { 'services/api/nest-cli.json': '{}' },
    'a workspace of another tool with a controller': {
      'nx.json': '{}',
      'apps/api/src/app/app.controller.ts': '',
    },
    'a Prisma schema': { 'packages/db/prisma/schema.prisma': '' },
  };
  for (const [what, files] of Object.entries(services)) {
    it(`receives spans where it holds ${what}`, async function () {
      this.timeout(180_000);
      const { window, receiver } = await open(files);
      await receives(receiver);
      await window.close();
    });
  }

  it('starts nothing where it holds none of these, until TypeScript is shown', async function () {
    this.timeout(180_000);
    const { window, receiver } = await open({
      'package.json': '{}',
      'src/app.module.ts': 'export const app = 1;\n',
      'node_modules/lib/src/lib.controller.ts': '',
    });
    await assert.rejects(fetch(receiver));
    assert.deepEqual(await window.statusTexts('spanhop.spanhop'), []);
    await window.openFile('src/app.module.ts');
    await receives(receiver);
  });
});
