import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { hoverOn } from '../support/editor/hoverOn.ts';
import { freePort } from '../support/freePort.ts';
import { replayJaeger } from '../support/replayedJaeger.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { startSlowProxy, type SlowProxy } from '../support/slowProxy.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, shopLine } from './stage.ts';

const view = 'Why Slow';
const route = '/api/v1/orders/:id';
const calls = 8;
const start = Math.floor(Date.now() / 1_000 - 600) * 1_000_000;
const traceId = (index: number) => `${String(index + 1).repeat(8)}0af7651916cd43dd8448eb21`;

/** A request that asks the pricing service again and again, for 100 ms each. */
const request = (index: number): readonly RawSpan[] => {
  const shared = { traceId: traceId(index), scope: '@opentelemetry/instrumentation-http' };
  const id = (row: number) => `00f067aa0ba9${String(index)}0${String(row).padStart(2, '0')}`;
  return [
    makeSpan({
      ...shared,
      id: id(0),
      name: `DELETE ${route}`,
      kind: 'server',
      start,
      duration: 1_000_000,
      attributes: { 'http.request.method': 'DELETE', 'http.route': route },
    }),
    ...Array.from({ length: calls }, (_, at) =>
      makeSpan({
        ...shared,
        id: id(at + 1),
        parent: id(0),
        name: 'POST',
        kind: 'client',
        start: start + at * 110_000,
        duration: 100_000,
        attributes: {
          'http.request.method': 'POST',
          'url.full': 'http://127.0.0.1:3001/pricing/quotes/refund',
        },
      }),
    ),
  ];
};

const header = (window: EditorWindow) => window.views.header(view);
const focused = (window: EditorWindow) => window.views.focusedLabel(view);

describe('the question why it is slow', () => {
  const opened = openedHere();
  let window: EditorWindow;
  let receiver = '';
  before(async function () {
    this.timeout(180_000);
    const port = await freePort();
    receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.views.openContainer('Spanhop');
    await window.views.collapse('Mapping');
    await window.openFile(ordersController);
    await receives(receiver);
  });
  const inHandler = () => window.goToLine(shopLine(ordersController, 'this.orders.remove('));
  const ask = () => window.runCommand('Spanhop: Why Is It Slow?');

  it('is answered with the next step where nothing is known yet', async () => {
    await inHandler();
    await ask();
    await window.until('the next step', async () =>
      (await window.notifications())
        .join()
        .includes('Place the cursor in a handler with traces, or open a trace.'),
    );
    assert.equal(await header(window).count(), 0);
    await window.runCommand('Notifications: Clear All Notifications');
  });

  it('is asked from the command palette with the cursor in a handler; of one request it says so', async function () {
    this.timeout(180_000);
    await sendOtlp(receiver, request(0));
    await window.runCommand('Spanhop: Refresh');
    await window.openFile(ordersController);
    await window.lenses.above(shopLine(ordersController, "@Delete(':id')"));
    await inHandler();
    await ask();
    await window.until('the client', async () => /8 × POST .*refund/.test(await focused(window)));
    await window.until('a word of one request', async () =>
      (await window.views.message(view)).includes('Based on a single request.'),
    );
    const labels = await window.views.labels(view);
    assert.ok(
      labels.some((label) => /^In the loop at orders\.service\.ts:\d+$/.test(label)),
      labels.join('\n'),
    );
    await window.screenshot('why-slow-narrow');
  });

  it('leads from its row of the loop to the line of the loop', async () => {
    await window.views.rows(view, 'In the loop at ').dblclick();
    const line = shopLine(
      'apps/shop-api/src/orders/orders.service.ts',
      'for (const item of items)',
    );
    await window.waitForCursor({ file: 'orders.service.ts', line });
  });

  it('is asked from the hover on a handler', async () => {
    await sendOtlp(receiver, request(1));
    await window.runCommand('Spanhop: Refresh');
    await window.openFile(ordersController);
    await window.lenses.aboveOnce(
      shopLine(ordersController, "@Delete(':id')"),
      'two requests',
      ([first = '']) => first.includes('2 in 1 h'),
    );
    const link = window.page.locator('.monaco-hover a', { hasText: 'Why is it slow?' });
    const both = header(window).filter({ hasText: /DELETE .* · 2 requests/ });
    // Again, where a lens that came moved the word and the hover went before the click.
    await window.until('the explanation of both', async () => {
      await hoverOn(window, 'async remove(', 'remove');
      const answered = link
        .first()
        .click({ timeout: 3_000 })
        .then(() => both.waitFor({ timeout: 10_000 }));
      return answered.then(
        () => true,
        () => false,
      );
    });
    await window.until('how few they are', async () =>
      (await window.views.message(view)).startsWith('Based on 2 requests, too few '),
    );
  });

  it('is asked from the lens beside the latency of a handler', async () => {
    await sendOtlp(receiver, request(2));
    await window.runCommand('Spanhop: Refresh');
    await window.openFile(ordersController);
    const line = shopLine(ordersController, "@Delete(':id')");
    await window.lenses.aboveOnce(line, 'three requests', ([first = '']) =>
      first.includes('3 in 1 h'),
    );
    await window.lenses.click(line, 'in 8 × POST');
    await window.step('the explanation of three', () =>
      header(window)
        .filter({ hasText: /DELETE .* · 3 requests/ })
        .waitFor(),
    );
  });

  it('is asked from a row of the Traces view', async () => {
    await window.views.collapse('Endpoints');
    const row = window.views.rows('Traces').filter({ hasText: route }).first();
    await window.until('the trace in the header', async () => {
      await row.hover();
      await row.locator('[aria-label="Why Is It Slow?"]').click();
      return header(window)
        .filter({ hasText: /· [0-9a-f]{8}/ })
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        );
    });
    await window.until('no word of few', async () => (await window.views.message(view)) === '');
  });
});

describe('the question why it is slow, to a source that takes a minute', () => {
  const opened = openedHere();
  let window: EditorWindow;
  let proxy: SlowProxy;
  before(async function () {
    this.timeout(180_000);
    const jaeger = await replayJaeger();
    opened.closes(() => jaeger.close());
    proxy = await startSlowProxy(jaeger.url);
    const server = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': proxy.url,
      'spanhop.jaeger.timeoutSeconds': 120,
      'spanhop.refreshSeconds': 3_600,
    });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.views.openContainer('Spanhop');
    await window.step('a trace', () => traces().first().waitFor());
  });
  after(() => proxy.close());
  const traces = () => window.views.rows('Traces').filter({ hasText: 'spans' });

  it('says that it loads, and what to do when it was cancelled', async () => {
    proxy.delayMs = 60_000;
    const row = traces().first();
    await window.until('the question', async () => {
      await row.hover();
      const asked = row.locator('[aria-label="Why Is It Slow?"]').click({ timeout: 3_000 });
      return asked.then(
        () => true,
        () => false,
      );
    });
    await window.until('the view loads', async () =>
      (await window.views.message(view)).startsWith('Loading…'),
    );
    await window.until('the source is asked', () => Promise.resolve(proxy.open() > 0));
    await window.screenshot('why-slow-loading');
    const before = proxy.givenUp();
    await window.views.clickAction(view, 'Cancel Loading');
    await window.until(
      'what to do',
      async () =>
        (await window.views.message(view)) ===
        'Loading was cancelled. Select Refresh to try again.',
    );
    await window.until('the request was given up', () => Promise.resolve(proxy.givenUp() > before));
  });

  it('is answered by Refresh, and keeps the answer, with the reason, where the source has gone', async () => {
    proxy.delayMs = 0;
    await window.views.clickAction(view, 'Refresh');
    await window.step('the answer', () => window.views.rows(view, '100% ').waitFor());
    proxy.close();
    await window.views.clickAction(view, 'Refresh');
    await window.until('why there is no new one', async () =>
      /^Connection to .+ refused\. Start Jaeger/.test(await window.views.message(view)),
    );
    assert.ok(await window.views.rows(view, '100% ').isVisible());
    await window.screenshot('why-slow-failed');
  });
});
