import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives, shopLine } from './stage.ts';

const service = 'apps/shop-api/src/carts/carts.service.ts';
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
    await sendOtlp(receiver, [0, 1, 2, 3, 4].flatMap(request));
    await window.runCommand('Spanhop: Refresh');
  });

  it('is information at its line, with how often, how long and of how many requests', async () => {
    const squiggle = window.page.locator('.monaco-editor .squiggly-info');
    await window.step('the line is marked', () => squiggle.first().waitFor());
    const hover = await window.hover('cart.deleteMany(', 'deleteMany');
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
    const fix = window.page.getByText('Open the Trace with the Most Calls');
    // While TypeScript starts, the menu closes again.
    await window.until('the quick fix', async () => {
      await window.page.keyboard.press('Control+.');
      const shown = fix.first().waitFor({ timeout: 3_000 });
      return shown.then(
        () => true,
        () => false,
      );
    });
    await fix.first().click();
    const waterfall = await WaterfallPage.shown(window);
    assert.equal(await waterfall.spanCount(), calls + 1);
  });
});
