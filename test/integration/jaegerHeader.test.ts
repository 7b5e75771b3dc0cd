import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extensionId } from '../../src/core/extensionId.ts';
import { shopFolder } from '../support/shop.ts';
import { openedHere } from './openedHere.ts';
import { ordersController } from './stage.ts';

interface Gateway {
  readonly server: Server;
  readonly url: string;
  /** Requests that had the header. */
  readonly admitted: () => number;
}

/** A gateway before Jaeger: 401 without the header, then the API of a Jaeger that has no service yet. */
function startGateway(secret: string): Promise<Gateway> {
  let count = 0;
  const server = createServer((request, response) => {
    const known = request.headers['x-team-token'] === secret;
    if (known) count += 1;
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    response.end(known ? '{"data":[],"errors":null}' : '{"errors":[{"msg":"who are you?"}]}');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ server, url: `http://127.0.0.1:${String(port)}`, admitted: () => count });
    });
  });
}

describe('a Jaeger behind a login', () => {
  const opened = openedHere();
  let gateway: Gateway | undefined;
  after(() => {
    gateway?.server.close();
    gateway?.server.closeAllConnections();
  });

  it('is read once its header was set, which no output holds', async function () {
    this.timeout(180_000);
    const secret = 'b7c1e0-secret';
    gateway = await startGateway(secret);
    const { admitted } = gateway;
    const editor = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': gateway.url,
    });
    const window = await opened.window(editor, await opened.browser(), shopFolder);
    await window.openFile(ordersController);
    await window.runCommand('Spanhop: Refresh');
    await window.until('a refusal in the status bar', async () =>
      (await window.statusTexts(extensionId)).some((text) => text.includes('sign-in needed')),
    );
    await window.screenshot('jaeger-refuses');
    await window.ask('Spanhop: Set Jaeger Header…', '(1/2)');
    const answers = { '(1/2)': 'X-Team-Token', '(2/2)': secret };
    for (const [step, text] of Object.entries(answers)) await window.quickInput.answer(step, text);
    await window.until('requests with the header', () => Promise.resolve(admitted() > 0));
    await window.until('a source that answers', async () =>
      (await window.statusTexts(extensionId)).some((text) => text.includes('1 h')),
    );
    await window.screenshot('jaeger-admits');
    assert.ok(!editor.output().includes(secret));
  });
});
