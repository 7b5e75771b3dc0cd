import assert from 'node:assert/strict';

import type { Locator } from 'playwright-core';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';

const view = 'Why Slow';
const stockService = 'apps/shop-api/src/stock/stock.service.ts';
const others = ['Traces', 'Mapping'];

describe('the Why Slow view', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    await all.window.views.openContainer('Spanhop');
    await all.window.views.expand('Endpoints');
    for (const other of others) await all.window.views.collapse(other);
    await all.window.views.widen(560);
  });
  after(async () => {
    await all.window.views.collapse(view);
    for (const other of others) await all.window.views.expand(other);
  });

  const focused = () => all.window.views.focusedLabel(view);
  const header = () => all.window.views.header(view);

  it('is not there before somebody asks', async () => {
    assert.equal(await header().count(), 0);
  });

  it('names, from the row of the slow DELETE, the call of the pricing service with its share', async () => {
    const { window } = all;
    await clickRowAction(window, 'Why Is It Slow?', header());
    await window.until('the row that costs the most', async () => /pricing/i.test(await focused()));
    await window.screenshot('why-slow');
    const labels = await window.views.labels(view);
    const top = labels.findIndex((label) => label.includes('OrdersController.remove'));
    assert.match(labels[top] ?? '', /^100% /, JSON.stringify(labels));
    assert.match(labels[top + 1] ?? '', /^\d+(\.\d+)?% \d+ × .*pricing/i, JSON.stringify(labels));
    await header()
      .filter({ hasText: /DELETE \/api\/v1\/orders\/:id · \d.*s · \d+ requests?/ })
      .waitFor();
  });

  it('opens the line of a row with Enter', async () => {
    const { window } = all;
    await window.views.waitForKeyboard(view);
    await window.until('the row of the handler', async () => {
      if ((await focused()).includes('OrdersController.remove')) return true;
      await window.page.keyboard.press('ArrowLeft');
      return false;
    });
    await window.page.keyboard.press('Enter');
    const line = shopLine(ordersController, 'async remove(');
    await window.waitForCursor({ file: 'orders.controller.ts', line });
  });

  it('explains the trace of a waterfall from its title', async () => {
    const { window } = all;
    const tab = window.page.locator('.tab', { hasText: 'DELETE /api/v1/orders/:id' });
    await clickRowAction(window, 'Open Slowest Trace', tab);
    await WaterfallPage.shown(window);
    await window.page.locator('.editor-actions [aria-label="Why Is It Slow?"]').click();
    await window.step('the trace in the header', () =>
      header()
        .filter({ hasText: /· [0-9a-f]{8}/ })
        .waitFor(),
    );
    await window.until('the row that costs the most', async () => /pricing/i.test(await focused()));
    await window.screenshot('why-slow-trace');
  });

  it('explains from the lens of a call the handler that it costs most, at the line of the call', async () => {
    const { window } = all;
    await window.openFile(stockService);
    await window.lenses.click(
      shopLine(stockService, '$transaction(', 'giveBack'),
      'in one request',
    );
    await header()
      .filter({ hasText: /DELETE \/api\/v1\/orders\/:id · / })
      .waitFor();
    await window.until('the row of the line', async () =>
      /22 × \$transaction in StockService\.giveBack/.test(await focused()),
    );
    await window.screenshot('why-slow-from-lens');
  });
});

/** An action of the slow DELETE's row: again, where the row was drawn anew under the pointer and the click led nowhere. */
async function clickRowAction(window: EditorWindow, action: string, led: Locator): Promise<void> {
  const row = window.views.rows('Endpoints', 'DELETE /api/v1/orders/:id, ').first();
  await window.until(`what "${action}" leads to`, async () => {
    await row.hover();
    await row.locator(`[aria-label="${action}"]`).click();
    return led.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  });
}
