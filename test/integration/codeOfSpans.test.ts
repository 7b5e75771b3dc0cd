import assert from 'node:assert/strict';

import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';

const repository = 'apps/shop-api/src/orders/orders.repository.ts';
const stock = 'apps/shop-api/src/stock/stock.service.ts';
const quotesController = 'apps/pricing-api/src/quotes/quotes.controller.ts';

/** A span by the text that finds it, and the line it leads to: the first with the code, after another. */
const mapped: readonly (readonly [string, string, string, string, string?])[] = [
  ['the request span', 'DELETE /api/v1/orders/:id', ordersController, 'async remove('],
  ['the controller span', 'OrdersController.remove', ordersController, 'async remove('],
  ['a Prisma operation', 'prisma order.findUnique', repository, 'order.findUnique('],
  ['a query below a Prisma operation', 'db_query', repository, 'order.findUnique('],
  [
    'a transaction',
    'prisma:client:transaction',
    stock,
    '$transaction(async (tx)',
    'async giveBack(',
  ],
  [
    'the request another service answered',
    'POST /pricing/quotes/refund',
    quotesController,
    'refund(',
  ],
];

describe('a span in the waterfall', () => {
  let all: Stage;
  let waterfall: WaterfallPage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
  });

  beforeEach(async () => {
    const { window } = all;
    await window.closeEditors(); // so that the waterfall is not that of the test before
    await window.openFile(ordersController);
    const line = shopLine(ordersController, "@Delete(':id')");
    waterfall = await WaterfallPage.openSlowest(window, line);
  });

  for (const [kind, text, path, code, after] of mapped) {
    it(`leads from ${kind} to its line`, async () => {
      await waterfall.select(text);
      await waterfall.press('Enter');
      const file = path.slice(path.lastIndexOf('/') + 1);
      await all.window.waitForCursor({ file, line: shopLine(path, code, after) });
    });
  }

  it('names the line of an outgoing call, and leads to who handled it', async () => {
    const { window } = all;
    const row = await waterfall.selectWhere('POST', ({ operation }) =>
      /^POST .*:\d+\/pricing\/quotes\/refund$/.test(operation),
    );
    assert.match(row.label, /POST/);
    await waterfall.press(' ');
    const handled = waterfall.frame.getByRole('region', { name: 'Calls' });
    await window.until('the client and the handler in the details', async () => {
      const details = await waterfall.details();
      return (
        details.includes('PricingClient.refund') &&
        /QuotesController\.refund\s+pricing-api/.test(details)
      );
    });
    await window.screenshot('handled-by');
    await handled.getByRole('button', { name: /QuotesController\.refund/ }).click();
    const line = shopLine(quotesController, 'refund(');
    await window.waitForCursor({ file: 'quotes.controller.ts', line });
  });
});
