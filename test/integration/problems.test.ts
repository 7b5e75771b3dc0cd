import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { hoverOn } from '../support/editor/hoverOn.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives, shopLine } from './stage.ts';

const service = 'apps/shop-api/src/carts/carts.service.ts';
const customers = 'apps/shop-api/src/customers/customers.service.ts';
const start = Math.floor(Date.now() / 1_000 - 600) * 1_000_000;
const calls = 8;

/** A request that deletes carts one by one, for 10 ms each. */
const request = (index: number): readonly RawSpan[] => {
  const shared = { traceId: `${String(index + 1).repeat(8)}0af7651916cd43dd8448eb21`, start };
  const id = (row: number) => `00f067aa0ba9${index}00${row}`;
  const route = '/api/v1/carts/:id';
  return [
    makeSpan({
      ...shared,
      id: id(0),
      name: `DELETE ${route}`,
      kind: 'server',
      duration: 100_000,
      scope: '@opentelemetry/instrumentation-http',
      attributes: { 'http.request.method': 'DELETE', 'http.route': route },
    }),
    ...Array.from({ length: calls }, (_, at) =>
      makeSpan({
        ...shared,
        id: id(at + 1),
        parent: id(0),
        name: 'prisma:client:operation',
        start: start + at * 11_000,
        duration: 10_000,
        scope: 'prisma',
        attributes: { model: 'Cart', method: 'deleteMany', name: 'Cart.deleteMany' },
      }),
    ),
  ];
};

/** A request that reads the items of orders one by one, for 10 ms each. */
const listing = (index: number): readonly RawSpan[] => {
  const shared = { traceId: `${String(index + 1).repeat(8)}1af7651916cd43dd8448eb21`, start };
  const id = (row: number) => `00f067aa0bb${index}00${String(row).padStart(2, '0')}`;
  const route = '/api/v1/customers/:id/orders';
  const operation = (row: number, model: string, duration: number) =>
    makeSpan({
      ...shared,
      id: id(row),
      parent: id(0),
      name: 'prisma:client:operation',
      start: start + row * 11_000,
      duration,
      scope: 'prisma',
      attributes: { model, method: 'findMany', name: `${model}.findMany` },
    });
  return [
    makeSpan({
      ...shared,
      id: id(0),
      name: `GET ${route}`,
      kind: 'server',
      duration: 120_000,
      scope: '@opentelemetry/instrumentation-http',
      attributes: { 'http.request.method': 'GET', 'http.route': route },
    }),
    operation(1, 'Order', 2_000),
    ...Array.from({ length: calls }, (_, at) => operation(at + 2, 'OrderItem', 10_000)),
  ];
};

describe('a call that requests repeat', () => {
  const opened = openedHere();
  let window: EditorWindow;
  before(async function () {
    this.timeout(180_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.openFile(service);
    await receives(receiver);
    await sendOtlp(
      receiver,
      [0, 1, 2, 3, 4].flatMap((index) => [...request(index), ...listing(index)]),
    );
    await window.runCommand('Spanhop: Refresh');
  });

  /** On the line of the cursor. */
  const pickQuickFix = async (title: string) => {
    const fix = window.page.getByText(title).filter({ visible: true });
    // While TypeScript starts, the menu closes again; to one that is open the keys mean its first choice.
    await window.until(`the quick fix ${title}`, async () => {
      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+.');
      const taken = fix.first().click({ timeout: 10_000 });
      return taken.then(
        () => true,
        () => false,
      );
    });
  };

  it('is information at its line, with how often, how long and of how many requests', async () => {
    const squiggle = window.page.locator('.monaco-editor .squiggly-info');
    await window.step('the line is marked', () => squiggle.first().waitFor());
    const hover = await hoverOn(window, 'cart.deleteMany(', 'deleteMany');
    assert.match(
      hover,
      /cart\.deleteMany runs 8 times in a request on average \(8 at most\), 80 ms together\./,
    );
    assert.match(hover, /Based on 5 requests\./);
    await window.screenshot('problem-repeated-call');
  });

  it('leads by its quick fix to the trace with the most calls', async () => {
    await window.goToLine(shopLine(service, 'cart.deleteMany('));
    await window.page.keyboard.press('Home');
    await pickQuickFix('Open the Trace with the Most Calls');
    const waterfall = await WaterfallPage.shown(window);
    assert.equal(await waterfall.spanCount(), calls + 1);
  });

  it('is one problem with that its loop could make the calls at the same time', async () => {
    await window.closeEditors();
    await window.openFile(customers);
    const line = shopLine(customers, 'orderItem.findMany(');
    await window.goToLine(line);
    const squiggle = window.page.locator('.monaco-editor .squiggly-info');
    await window.step('the line is marked', () => squiggle.first().waitFor());
    const hover = await hoverOn(window, 'orderItem.findMany(', 'findMany');
    assert.match(hover, /orderItem\.findMany runs 8 times in a request on average \(8 at most\)/);
    const loop = shopLine(customers, 'for (const order of orders)');
    const place = `customers\\.service\\.ts:${String(loop)}`;
    assert.match(
      hover,
      new RegExp(`The iterations of the loop at ${place} don't depend on each other`),
    );
    assert.match(hover, /their calls may take 10 ms instead of 80 ms\./);
    assert.equal(hover.match(/Based on 5 requests\./g)?.length, 1);
    await window.screenshot('problem-independent-awaits');
  });

  it('is explained by its other quick fix', async () => {
    await window.goToLine(shopLine(customers, 'orderItem.findMany('));
    await window.page.keyboard.press('Home');
    await pickQuickFix('Why Is It Slow?');
    const rows = window.views.rows('Why Slow');
    await window.until('the explanation', async () =>
      (await rows.allInnerTexts()).some((text) => text.includes('orderItem.findMany')),
    );
    await window.screenshot('problem-explained');
  });
});
