import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, shopLine, stage } from './stage.ts';

describe('a Jaeger that is none', () => {
  const opened = openedHere();
  let window: EditorWindow;
  let server: Server;
  let url = '';
  /** Of the one server: a page for people, or silence. */
  let answers = true;
  before(async function () {
    this.timeout(240_000);
    server = createServer((_request, response) => {
      if (!answers) return;
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Welcome</title>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const { browser } = await stage();
    const editor = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': url,
      'spanhop.jaeger.timeoutSeconds': 2,
    });
    window = await opened.window(editor, browser, shopFolder);
    await window.views.openContainer('Spanhop');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const says = async (words: string, sentence: RegExp) => {
    await window.until(`"${words}" in the status bar`, async () =>
      (await window.statusTexts(extensionId)).join().includes(`Jaeger: ${words}`),
    );
    let seen = '';
    await window.until(
      'the sentence in the Traces view',
      async () => sentence.test((seen = await window.views.message('Traces'))),
      () => seen,
    );
    assert.deepEqual(await window.notifications(), [], 'no pop-up');
  };
  const setAddress = async (address: string) => {
    const question = 'URL of the Jaeger UI';
    await window.ask('Spanhop: Set Jaeger URL', question);
    await window.quickInput.fill(question, address);
    await window.quickInput.press('Enter');
  };

  it('but a web page is told apart, with its address and the next step', async () => {
    await says('not supported', new RegExp(`${url}.*web page`));
    await window.screenshot('jaeger-web-page');
  });

  it('that is silent is given up after the timeout, by its address and the cause', async () => {
    answers = false;
    await window.views.clickAction('Endpoints', 'Refresh');
    await says('timed out', new RegExp(`${url}.* 2 s`));
    await window.screenshot('jaeger-silent');
  });

  it('whose address is no web address is not accepted', async () => {
    await setAddress('localhost:16686');
    await window.quickInput.asked('Enter an http:// or https:// URL.');
    await window.quickInput.close();
  });

  it('where nobody listens is not reachable', async () => {
    const nowhere = `http://127.0.0.1:${String(await freePort())}`;
    await setAddress(nowhere);
    await says("can't connect", new RegExp(nowhere));
    await window.screenshot('jaeger-unreachable');
    await window.openStatusMenu(extensionId);
    await window.screenshot('jaeger-unreachable-menu');
    await window.quickInput.pick('Spanhop', 'Select a trace source');
    await window.quickInput.pick('Trace source', 'Local traces');
    await window.until('another source', async () =>
      (await window.statusTexts(extensionId)).join().includes('Local traces'),
    );
  });
});

const evil =
  '<img src=x onerror=alert(1)> $(flame) [a](command:workbench.action.quit) \u202e gnirts **b**';

describe('a workspace with broken code, and spans of hostile names', () => {
  const opened = openedHere();
  let folder = '';
  let window: EditorWindow;
  before(async function () {
    this.timeout(240_000);
    folder = await mkdtemp(join(tmpdir(), 'spanhop-broken-'));
    await cp(join(shopFolder, 'apps/shop-api'), join(folder, 'apps/shop-api'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    await writeFile(join(folder, 'apps/shop-api/src/broken.controller.ts'), broken);
    const { browser } = await stage();
    const port = await freePort();
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, browser, folder);
    await window.openFile(ordersController);
    const receiver = `http://127.0.0.1:${String(port)}`;
    await receives(receiver);
    await sendOtlp(receiver, hostile());
    await window.runCommand('Spanhop: Refresh');
    await window.views.openContainer('Spanhop');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const broken = `import { Controller, Get } from '@nestjs/common';
@Controller('broken'
export class BrokenController {
  @Get('half')
  half( {
    return 'a
  }
`;
  const hostile = () => {
    const start = Math.floor(Date.now() / 1_000 - 60) * 1_000_000;
    const shared = { traceId: 'bad0bad0bad0bad0bad0bad0bad0bad0', start, service: 'shop-api' };
    return [
      makeSpan({
        ...shared,
        id: 'bad0000000000001',
        name: 'DELETE /api/v1/orders/:id',
        kind: 'server',
        duration: 90_000,
        scope: '@opentelemetry/instrumentation-http',
        attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/v1/orders/:id' },
      }),
      makeSpan({ ...shared, id: 'bad0000000000002', parent: 'bad0000000000001', name: evil }),
      makeSpan({
        ...shared,
        id: 'bad0000000000003',
        parent: 'bad0000000000009',
        name: 'x'.repeat(1_000_000),
      }),
      makeSpan({
        ...shared,
        id: 'bad0000000000004',
        name: evil,
        kind: 'server',
        service: evil,
        duration: 1,
      }),
    ];
  };

  it('has lenses above the handlers of the files that parse', async () => {
    const line = shopLine(ordersController, "@Delete(':id')");
    assert.deepEqual(await window.lenses.above(line), ['p50 90 ms · p95 90 ms · 1 in 1 h']);
  });

  it('shows the names as text in the views: no icon, link or turned text', async () => {
    await window.step('rows', () => window.views.rows('Endpoints').first().waitFor());
    await window.views.focus('Endpoints');
    const rows = window.views.rows('Endpoints').filter({ hasText: '[U+202E]' });
    await window.until('a row with the name', async () => {
      await window.page.keyboard.press('End');
      return (await rows.count()) > 0;
    });
    const text = await rows.first().innerText();
    assert.ok(text.includes('<img src=x onerror=alert(1)>'), text);
    assert.equal(
      await window.page
        .locator('.pane img[src="x"], .pane .codicon-flame:not(.action-label)')
        .count(),
      0,
    );
    await window.screenshot('hostile-views');
  });

  it('shows them as text in the waterfall, each span once', async () => {
    await window.views.rows('Traces').filter({ hasText: 'ago' }).first().click();
    const waterfall = await WaterfallPage.shown(window);
    assert.equal(await waterfall.spanCount(), 4);
    const row = await waterfall.select('onerror');
    assert.ok(row.operation.includes('[U+202E]'), row.operation);
    assert.equal(await waterfall.frame.locator('img').count(), 0);
    await window.screenshot('hostile-waterfall');
  });
});
