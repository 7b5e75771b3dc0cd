import assert from 'node:assert/strict';

import { formatCount } from '../../src/core/base/format.ts';
import { hoverOn } from '../support/editor/hoverOn.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, sentTo, shopLine, stage, type Stage } from './stage.ts';

const pricingClient = 'apps/shop-api/src/pricing/pricing.client.ts';
const ordersService = 'apps/shop-api/src/orders/orders.service.ts';
const refundCall = shopLine(pricingClient, 'this.http.post<Refund>');
const refundLoop = shopLine(ordersService, 'for (const item of items)');

/** `slow · p50 1.2 s · p95 2.45 s · 1,204 in 1 h`; no request of this traffic fails. */
const lensPattern = /^(?:slow · )?p50 ([^·]+) · p95 ([^·]+) · ([\d,]+) in 1 h$/;

describe('the lens above a handler', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
  });

  const handlers = [
    ['DELETE', '/api/v1/orders/:id', "@Delete(':id')"],
    ['POST', '/api/v1/orders', '@Post()'],
    ['GET', '/api/v1/orders/:id', "@Get(':id')"],
    ['POST', '/api/v1/orders/:id/pay', "@Post(':id/pay')"],
  ] as const;
  for (const [method, route, decorator] of handlers) {
    it(`counts what was sent to ${method} ${route}, in times that the client saw`, async () => {
      const { window, traffic } = all;
      const sent = sentTo(traffic, method, route);
      assert.ok(sent.count > 0, 'the traffic has such a request');
      const line = shopLine(ordersController, decorator);
      await window.openFile(ordersController);
      const [text = ''] = await window.lenses.aboveOnce(
        line,
        `a lens of ${String(sent.count)} requests`,
        ([first = '']) => lensPattern.exec(first)?.[3] === formatCount(sent.count),
      );
      const [, p50 = '', p95 = ''] = lensPattern.exec(text) ?? [];
      assert.ok(milliseconds(p50) <= milliseconds(p95), text);
      assert.equal(text.startsWith('slow · '), milliseconds(p95) >= 500, text);
      // A server's span may end after its client has the response, on a busy machine long after: the unit is held.
      assert.ok(
        milliseconds(p95) <= sent.maxMs * 2 + 100,
        `${text}, the client saw ${String(sent.maxMs)}`,
      );
    });
  }

  it('names beside it what a slow handler spends most of its time on, and how often', async () => {
    const { window } = all;
    await window.openFile(ordersController);
    await window.lenses.aboveOnce(
      shopLine(ordersController, "@Delete(':id')"),
      'the calls of the pricing service',
      ([first = '', second = '']) =>
        first.startsWith('slow · ') && /^[\d.]+% in 22 × .*quotes\/refund/.test(second),
    );
    const hover = await hoverOn(window, 'async remove(', 'remove');
    assert.match(hover, /Time of \d+ sampled requests/);
    assert.match(hover, /quotes\/refund/);
    assert.match(hover, /in the loop at orders\.service\.ts:\d+/);
    await window.screenshot('hover-costs');
  });

  it('leads to the slowest traces of its handler, and from there to the waterfall', async () => {
    const { window, traffic } = all;
    await window.openFile(ordersController);
    await window.lenses.click(shopLine(ordersController, "@Delete(':id')"), 'p95');
    const question = 'Slowest traces of ';
    const entries = await window.quickInput.entries(question);
    assert.equal(entries.length, sentTo(traffic, 'DELETE', '/api/v1/orders/:id').count);
    // Of its icon an entry says the name first.
    const times = entries.map((entry) =>
      milliseconds(/([\d.]+ \S+), [\d,]+ spans · /.exec(entry)?.[1] ?? ''),
    );
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
      entries.join('\n'),
    );
    assert.ok(!entries.some((entry) => entry.includes('DELETE')), entries.join('\n'));
    await window.screenshot('slowest-traces');
    await window.quickInput.takeFirst(question);
    const waterfall = await WaterfallPage.shown(window);
    assert.match(await waterfall.title(), /^DELETE/);
    assert.ok((await waterfall.spanCount()) > 50);
    await window.closeEditors(); // While a trace is open, lenses tell its own times.
  });

  it('leads beside the figures to the handler of the other service that it asks, and back', async () => {
    const { window } = all;
    const quotesController = 'apps/pricing-api/src/quotes/quotes.controller.ts';
    const sender = shopLine(ordersController, "@Delete(':id')");
    await window.openFile(ordersController);
    await window.lenses.click(sender, '→ QuotesController.refund');
    const line = shopLine(quotesController, 'refund(');
    await window.waitForCursor({ file: 'quotes.controller.ts', line });
    const back = '← OrdersController.remove';
    const handler = shopLine(quotesController, "@Post('refund')");
    await window.lenses.aboveOnce(handler, back, (peers) => peers.includes(back));
    await window.screenshot('sent-by-lens');
  });

  it('says of the call that costs the most how often it runs, how long, and in which loop', async () => {
    const { window } = all;
    await window.openFile(pricingClient);
    const [, loop = ''] = await window.lenses.aboveOnce(refundCall, repeated, isRepeated);
    assert.equal(loop, `in the loop at orders.service.ts:${String(refundLoop)}`);
    const hover = await hoverOn(window, 'this.http.post<Refund>', 'post');
    assert.match(hover, /A slow request of DELETE .* in 22 calls here/);
    await window.screenshot('call-lens');
  });

  it('leads from beside it to the loop', async () => {
    const { window } = all;
    await window.openFile(pricingClient);
    await window.lenses.click(refundCall, 'in the loop at');
    await window.waitForCursor({ file: 'orders.service.ts', line: refundLoop });
  });

  it('is calm above a query that is repeated and costs little', async () => {
    const { window } = all;
    const repository = 'apps/shop-api/src/orders/orders.repository.ts';
    await window.openFile(repository);
    const line = shopLine(repository, 'orderEvent.create(');
    const [text = ''] = await window.lenses.aboveOnce(line, repeated, isRepeated);
    assert.ok(text.startsWith('×'), text);
    await window.screenshot('query-in-a-loop');
  });
});

/** The editor shows the lenses that a file had before first, those of an open trace too. */
const repeated = 'a call that is repeated';
const isRepeated = ([first = '']: readonly string[]): boolean =>
  /×22 in one request · [\d.]+ m?s of [\d.]+ s$/.test(first);

function milliseconds(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+) (µs|ms|s)$/.exec(text) ?? [];
  const factor = { µs: 0.001, ms: 1, s: 1_000 }[unit];
  assert.ok(factor !== undefined, `${text} is a length of time`);
  return Number(number) * factor;
}
