import assert from 'node:assert/strict';
import axe from 'axe-core';
import { SpanTree } from './page/spanTree.ts';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

/** A request that sends a message, which another service handles below it. */
function messageTrace() {
  const tree = new SpanTree();
  const root = tree.add(undefined, {
    name: 'DELETE /api/orders/:id',
    service: 'shop-api',
    kind: 'server',
    start: 0,
    duration: 90_000,
  });
  const send = tree.add(root, {
    name: 'send order.paid',
    service: 'shop-api',
    kind: 'producer',
    start: 5_000,
    duration: 4_000,
  });
  tree.add(send, {
    name: 'process order.paid',
    service: 'billing',
    kind: 'consumer',
    start: 8_000,
    duration: 60_000,
    links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), attributes: [] }],
  });
  return tree.spans;
}

describe('waterfall page: peers', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  let view: WaterfallView;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  beforeEach(async () => {
    const trace = { kind: 'spans', spans: messageTrace() } as const;
    view = new WaterfallView(await pages.open({ trace }));
  });
  afterEach(() => view.close());
  after(() => pages.close());

  it("the details of what sends a message link to the handler's code, and to its span", async () => {
    await view.row('send order.paid').click();
    const handled = view.details.getByRole('region', { name: 'Calls' });
    const link = handled.getByRole('button', { name: /InvoicesController.onPaid/ });
    assert.match(
      (await link.textContent()) ?? '',
      /^InvoicesController\.onPaid *billing · billing\/src\/invoices\.controller\.ts:18$/,
    );
    await view.screenshot('peers-sent');
    await link.click();
    await view.frame();
    assert.deepEqual(await view.calls('openPeer'), [{ row: 1, peer: 0, beside: true }]);
    await handled.getByRole('button', { name: 'Select span' }).click();
    await view.frame();
    assert.match((await view.focusedLabel()) ?? '', /process order\.paid/);
  });

  it('the details of what handles it lead back, and into the trace that a link names', async () => {
    await view.row('process order.paid').click();
    const sent = view.details.getByRole('region', { name: 'Called by' });
    await sent.getByRole('button', { name: /CartService.checkOut/ }).waitFor();
    assert.deepEqual(await view.calls('linkedPeers'), [{ row: 2 }]);
    assert.equal(await sent.getByText('send order.paid').isVisible(), true);
    assert.deepEqual(await violations(view), []);
    await view.screenshot('peers-received');
    await sent.getByRole('button', { name: 'Open trace' }).click();
    await view.frame();
    assert.deepEqual(await view.calls('openLinkedTrace'), [{ row: 2, link: 0, from: false }]);
    await sent.getByRole('button', { name: 'Select span' }).click();
    await view.frame();
    assert.match((await view.focusedLabel()) ?? '', /send order\.paid/);
  });
});

/** Rules that axe finds broken in the details. */
async function violations(view: WaterfallView): Promise<readonly string[]> {
  await view.page.evaluate(axe.source);
  return view.page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run('.details');
    return found.violations.map(({ id }) => id);
  });
}
