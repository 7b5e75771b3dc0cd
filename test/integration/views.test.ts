import assert from 'node:assert/strict';

import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, sentTo, shopLine, stage, type Stage } from './stage.ts';

describe('the views of Spanhop', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    await all.window.views.openContainer('Spanhop');
  });

  it('list the slow DELETE first, with its figures', async () => {
    const { window, traffic } = all;
    const rows = window.views.rows('Endpoints');
    await window.until('rows of endpoints', async () => (await rows.count()) > 5);
    const labels = await rows.evaluateAll((all) =>
      all.map((row) => row.getAttribute('aria-label')),
    );
    const first = labels.find((label) => label?.includes('p95') === true) ?? '';
    const { count } = sentTo(traffic, 'DELETE', '/api/v1/orders/:id');
    assert.match(first, /^DELETE \/api\/v1\/orders\/:id, p95 /);
    assert.match(first, new RegExp(`\\b${String(count)} requests`));
    await window.screenshot('endpoints');
  });

  it('open the line of an endpoint with a click', async () => {
    const { window } = all;
    await window.views.rows('Endpoints', 'DELETE /api/v1/orders/:id, ').click();
    const line = shopLine(ordersController, 'async remove(');
    await window.waitForCursor({ file: 'orders.controller.ts', line });
  });

  it('show the operations that no handler is known for, with the reason', async () => {
    const { window } = all;
    const rows = window.views.rows('Endpoints');
    const labels = await rows.evaluateAll((all) =>
      all.map((row) => row.getAttribute('aria-label')),
    );
    assert.ok(labels.length > 10, JSON.stringify(labels));
  });

  it('find recent traces and open one', async () => {
    const { window } = all;
    const rows = window.views.rows('Traces').filter({ hasText: 'spans' });
    await window.views.focus('Traces');
    await window.until('rows of traces', async () => (await rows.count()) > 0);
    await window.screenshot('traces');
    await rows.first().click();
    await WaterfallPage.shown(window);
  });
});
