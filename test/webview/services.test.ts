import assert from 'node:assert/strict';
import { GridView } from './gridView.ts';
import { SpanTree } from './page/spanTree.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: service graph', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    await view.openView('Services');
    return { view, grid: new GridView(view.page, 'Calls between services') };
  };

  it('has a node for each service and an arrow for its calls, and the same as a table', async () => {
    const { view, grid } = await open();
    assert.deepEqual(await grid.column('Service'), [
      'shop-api',
      '→ pricing-api',
      '→ inventory',
      'pricing-api',
      'inventory',
    ]);
    assert.deepEqual(await grid.column('Call count'), ['1', '1', '1', '1', '1']);
    assert.deepEqual(await view.texts('.graph-name'), ['shop-api', 'pricing-api', 'inventory']);
    assert.deepEqual(await view.texts('.graph-label'), ['1 · 160 ms', '1 · 88 ms']);
    await view.close();
  });

  it('leads from a line or a node to its spans in the waterfall', async () => {
    const { view, grid } = await open();
    await grid.element.focus();
    await grid.press('ArrowDown', 'ArrowDown', 'Enter');
    await view.rows.first().waitFor();
    assert.equal(
      await view.selected.locator('.row-operation').textContent(),
      'GET /api/prices/:orderId',
    );
    await view.openView('Services');
    await view.button('Show all').click();
    await view.page.locator('.graph-node', { hasText: 'inventory' }).click();
    await view.rows.first().waitFor();
    assert.equal(await view.filter.inputValue(), 'service:=inventory');
    await view.close();
  });

  it('has the operations that services are called by, on demand', async () => {
    const { view, grid } = await open();
    await view.page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Operations' });
    await grid.line('GET /api/prices/:orderId · pricing-api').waitFor();
    await view.screenshot('services-operations');
    await view.close();
  });

  it('keeps the same services closed when a filter leaves fewer', async () => {
    const { view, grid } = await open({ trace: { kind: 'spans', spans: twoBranches() } });
    await grid.lines
      .filter({ hasText: /^first/ })
      .locator('.twistie')
      .click();
    await view.frame();
    assert.match((await grid.active()) ?? '', /^first/);
    await view.filter.fill('service:=below-second');
    await view.button('Show only matching spans and their parents').click();
    await view.page.getByText('3 of 5 spans', { exact: true }).waitFor();
    const lines = await grid.column('Service');
    assert.deepEqual([...lines].sort(), [
      'below-second',
      'edge',
      'second',
      '→ below-second',
      '→ second',
    ]);
    assert.equal(await grid.active(), undefined);
    await view.close();
  });

  it('of thirty services is drawn as far as it goes, from its beginning on', async () => {
    const { view } = await open({ trace: { kind: 'spans', spans: thirtyServices() } });
    await view.screenshot('services-thirty');
    const first = view.page.locator('.graph-node', { hasText: 'edge' }).first();
    assert.equal(await first.isVisible(), true);
    const [box, graph] = await Promise.all([
      first.boundingBox(),
      view.page.locator('.graph').boundingBox(),
    ]);
    assert.ok(box && graph && box.y >= graph.y && box.y + box.height <= graph.y + graph.height);
    assert.equal(await view.page.locator('.graph-node').count(), 30);
    await view.close();
  });

  it('of thirty services is no stop of Tab, and a click beside its nodes leaves the keyboard to the table', async () => {
    const { view, grid } = await open({ trace: { kind: 'spans', spans: thirtyServices() } });
    const hasTable = () => grid.element.evaluate((table) => table === document.activeElement);
    await view.page.getByRole('combobox', { name: 'Show' }).focus();
    await view.page.keyboard.press('Tab');
    assert.equal(await hasTable(), true);
    await view.filter.focus();
    await view.page.locator('.graph').click({ position: { x: 4, y: 4 } });
    assert.equal(await hasTable(), true);
    await view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}`, async () => {
      const { view, grid } = await open({ theme });
      await grid.element.focus();
      await grid.press('ArrowDown', 'ArrowDown', 'ArrowDown');
      await view.screenshot(`services-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing in a narrow panel', async () => {
    const { view } = await open({ width: 400, height: 700 });
    await view.screenshot('services-narrow');
    assert.deepEqual(await violations(view), []);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});

/** An edge that calls two services, each of which calls another one. */
function twoBranches() {
  const tree = new SpanTree();
  const call = (parent: string | undefined, service: string, start: number, duration: number) =>
    tree.add(parent, { name: 'GET /', service, kind: 'server', start, duration });
  const edge = call(undefined, 'edge', 0, 1_000);
  for (const [at, service] of ['first', 'second'].entries())
    call(call(edge, service, at * 500, 400), `below-${service}`, at * 500 + 100, 200);
  return tree.spans;
}

/** An edge, three services behind it, ten that those call, and sixteen further back, some called by several. */
function thirtyServices() {
  const tree = new SpanTree();
  const call = (parent: string | undefined, service: string, start: number, duration: number) =>
    tree.add(parent, { name: `GET /${service}`, service, kind: 'server', start, duration });
  const edge = call(undefined, 'edge', 0, 1_000_000);
  for (let bff = 0; bff < 3; bff++) {
    const at = bff * 300_000;
    const front = call(edge, `bff-${bff}`, at, 290_000);
    for (let middle = bff; middle < 10; middle += bff === 0 ? 1 : 3) {
      const begin = at + middle * 28_000;
      const service = call(front, `service-${middle}`, begin, 26_000);
      for (const back of [middle, (middle + 6) % 16, ((middle * 3) % 6) + 10])
        call(service, `backend-${back}`, begin + 1_000 + back * 1_400, 1_300);
    }
  }
  return tree.spans;
}
