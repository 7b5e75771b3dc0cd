import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { shopFolder } from '../support/shop.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { expandRow } from '../support/editor/expandRow.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { askedOfShop, ordersController, shopLine, stage, type Stage } from './stage.ts';

const view = 'Mapping';

/** After the tests of the other views, which would find the traces sent here. */
describe('the Mapping view', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    await all.window.views.openContainer('Spanhop');
    await all.window.runCommand('Spanhop: Generate Mapping Report');
    await row(all.window, 'shop-api').waitFor();
    for (const other of ['Endpoints', 'Traces']) await all.window.views.collapse(other);
    await all.window.views.widen(560);
  });
  after(async () => {
    await all.window.views.collapse(view);
    for (const other of ['Endpoints', 'Traces']) await all.window.views.expand(other);
  });

  it('counts every request that was sent, by service', async () => {
    const { window, traffic } = all;
    await expandRow(window, row(window, 'shop-api'));
    // The traffic asks for one route that nobody answers: no code is to be expected for it.
    const answered = traffic.routes
      .filter(({ service, route }) => service === 'shop-api' && !route.endsWith('no-such-route'))
      .reduce((sum, { count }) => sum + count, 0);
    const sent = answered + askedOfShop();
    await row(window, `Requests, 100% · ${sent} spans`).waitFor();
    await window.screenshot('mapping');
  });

  it('opens an example of a row with one click: the waterfall, with that span selected', async () => {
    const { window } = all;
    await expandRow(window, row(window, 'Middleware'));
    await row(window, 'Framework code').click();
    const waterfall = await WaterfallPage.shown(window);
    await waterfall.waitForSelected(
      ({ operation, label }) =>
        operation.startsWith('middleware') && label.includes('no code location'),
    );
    await window.screenshot('mapping-example');
  });

  it('lists what traces have and the code lacks: routes, and services of which no folder is known', async () => {
    const { window, receiver } = all;
    await sendOtlp(receiver, [request('shop-api', '/metrics'), request('warehouse', '/stock')]);
    await window.runCommand('Spanhop: Generate Mapping Report');
    await expandRow(window, row(window, 'Routes not found in code'));
    await window.closeEditors();
    await row(window, 'GET /metrics, 1 span · shop-api').click();
    const waterfall = await WaterfallPage.shown(window);
    await waterfall.waitForSelected(({ operation }) => operation === 'GET /metrics');
    await expandRow(window, row(window, 'Services without a folder'));
    await window.screenshot('mapping-lacking');
    await window.views.rows(view, 'warehouse, 1 span').last().click();
    await window.quickInput.asked('Folder of warehouse');
    await window.quickInput.close();
  });

  it('leads from a handler that no span hit to its code', async () => {
    const { window } = all;
    await expandRow(window, row(window, 'Handlers without traces'));
    await expandRow(window, row(window, 'Not called'));
    await row(window, 'GET /api/v1/reports/ratings').click();
    const file = 'apps/shop-api/src/reports/reports.controller.ts';
    const line = shopLine(file, 'ratings(');
    await window.waitForCursor({ file: 'reports.controller.ts', line });
    await window.screenshot('mapping-handler');
  });

  it('says that it is outdated when the code changed, and reads nothing by itself', async () => {
    const { window } = all;
    const header = window.page.locator('.pane-header[aria-label^="Mapping"]');
    const path = join(shopFolder, ordersController);
    const text = await readFile(path, 'utf8');
    try {
      await writeFile(path, `${text}// edited\n`);
      await header.filter({ hasText: 'out of date' }).waitFor();
    } finally {
      await writeFile(path, text);
    }
    // Again, should the editor hear only after the first reading that the file is as it was.
    await window.until('a report that is not outdated', async () => {
      await window.runCommand('Spanhop: Generate Mapping Report');
      // The view takes the focus when it is done, and with it a palette that was opened again.
      const current = header.filter({ hasNotText: 'out of date' });
      return current.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      );
    });
  });
});

function request(service: string, route: string): RawSpan {
  const traceId = `${service.length}${route.length}`.padStart(32, 'a');
  const attributes = { 'http.request.method': 'GET', 'http.route': route };
  const start = Date.now() * 1_000;
  const span = { service, name: `GET ${route}`, kind: 'server', attributes, start } as const;
  return makeSpan({ id: '00000000000000a1', traceId, duration: 2_000, ...span });
}

const row = (window: EditorWindow, spoken: string) => window.views.rows(view, spoken).first();
