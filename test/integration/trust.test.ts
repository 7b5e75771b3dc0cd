import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import { freePort } from '../support/freePort.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

describe('a workspace that is not trusted', () => {
  const opened = openedHere();
  let folder = '';
  let chosen: Server;
  const asked: string[] = [];
  before(async () => {
    chosen = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{"data":[]}');
    }).listen(0, '127.0.0.1');
    await once(chosen, 'listening');
    const { port } = chosen.address() as AddressInfo;
    folder = await mkdtemp(join(tmpdir(), 'spanhop-untrusted-'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(
      join(folder, '.vscode/settings.json'),
      JSON.stringify({
        'spanhop.source': 'jaeger',
        'spanhop.jaeger.url': `http://127.0.0.1:${String(port)}`,
        'spanhop.localStore.host': '0.0.0.0',
      }),
    );
    await writeFile(
      join(folder, 'app.controller.ts'),
      "import { Controller, Get } from '@nestjs/common';\n\n@Controller('a')\nexport class AppController {\n  @Get()\n  all() {}\n}\n",
    );
  });
  after(async () => {
    chosen.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('cannot choose the server that is asked for traces or open the receiver to the network, and everything else goes on', async function () {
    this.timeout(180_000);
    const port = await freePort();
    const server = await opened.server(
      { 'spanhop.localStore.port': port, 'security.workspace.trust.startupPrompt': 'never' },
      { workspaceTrust: true },
    );
    const window = await opened.window(server, await opened.browser(), folder);
    await window.openFile('app.controller.ts');
    await receives(`http://127.0.0.1:${String(port)}`);
    // Every address of 127.0.0.0/8 is this machine's where all are listened at.
    await assert.rejects(fetch(`http://127.0.0.2:${String(port)}/spanhop`), /fetch failed/);
    await window.runCommand('Spanhop: Refresh');
    await window.until('the embedded store in the status bar', async () =>
      (await window.statusTexts(extensionId)).some((text) => text.includes('Local traces')),
    );
    await window.screenshot('untrusted');
    assert.deepEqual(asked, []);
  });
});
