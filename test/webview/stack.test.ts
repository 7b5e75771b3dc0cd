import assert from 'node:assert/strict';
import { makeSpan } from '../support/span.ts';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: stacks and moved code', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));
  const openFailure = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = await open(...options);
    await view.filter.fill('error');
    await view.filter.press('Enter');
    await view.filter.press('Enter');
    await view.details.locator('.frames').waitFor();
    return view;
  };

  it('frames of the workspace are links, the others are dimmed and fold where there are several', async () => {
    const view = await openFailure();
    assert.deepEqual(
      await view.details.locator('.frames > li').allInnerTexts(),
      [
        'StockService.release \nsrc/stock/stock.service.ts:58',
        'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
        'StockController.release \nsrc/stock/stock.controller.ts:21',
        '2 frames outside the workspace',
      ].map((text) => text.replace(' \n', '\n')),
    );
    assert.equal(await view.details.locator('.frames button').count(), 2);
    await view.details.getByText('2 frames outside the workspace').click();
    await view.details.locator('.frame-elsewhere', { hasText: 'router-proxy.js' }).waitFor();
    await view.screenshot('stack');
    await view.close();
  });

  it('a frame is opened by a click and from the keyboard; the page sends its position alone', async () => {
    const view = await openFailure();
    await view.details.getByRole('button', { name: /StockController.release/ }).click();
    await view.frame();
    const [call] = (await view.calls('openFrame')) as Record<string, unknown>[];
    const { row } = call ?? {};
    assert.deepEqual(call, { row, stack: 0, frame: 2, beside: true });
    await view.details.getByRole('heading', { level: 2 }).focus();
    for (let press = 0; press < 30; press++) {
      await view.page.keyboard.press('Tab');
      const text = await view.page.evaluate(() => document.activeElement?.textContent ?? '');
      if (text.startsWith('StockService.release')) break;
    }
    await view.page.keyboard.press('Enter');
    await view.frame();
    assert.deepEqual((await view.calls('openFrame')).at(-1), {
      row,
      stack: 0,
      frame: 0,
      beside: true,
    });
    await view.close();
  });

  it('hostile frames are text', async () => {
    const hostile = makeSpan({
      id: '00000000000000a1',
      attributes: {
        'error.type': '<b>bold</b>'.repeat(1_000),
        'error.message': '<img src=x>'.repeat(10_000),
        'error.stack': `Error\n    at ${'<b>f</b>'.repeat(90)} (/srv/inventory/a.ts:1:1)`,
      },
    });
    const view = await open({ trace: { kind: 'spans', spans: [hostile] } });
    await view.rows.first().click();
    await view.details.locator('.frames').waitFor();
    assert.match(await view.details.locator('.stack').innerText(), /<img src=x>/);
    assert.equal(await view.details.locator('img, b').count(), 0);
    assert.ok((await view.details.locator('.stack').innerText()).length < 3_000);
    await view.close();
  });

  it('a place that moved since says so', async () => {
    const view = await open();
    await view.row('JwtGuard').click();
    await view.details.getByText('The code has moved since this span was recorded').waitFor();
    await view.screenshot('moved');
    await view.row('OrdersController.remove').click();
    await view.details.getByText('The span carries code.file.path').waitFor();
    assert.equal(
      await view.details.getByText('The code has moved since this span was recorded').count(),
      0,
    );
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
