import assert from 'node:assert/strict';
import { GridView } from './gridView.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: statistics', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    await view.openView('Statistics');
    return { view, grid: new GridView(view.page, 'Statistics') };
  };

  it('are of each service first, with what its spans cost', async () => {
    const { view, grid } = await open();
    assert.deepEqual(await grid.column('Service'), ['shop-api', 'pricing-api', 'inventory']);
    assert.deepEqual(await grid.column('Errors'), ['1', '–', '1']);
    assert.deepEqual(await grid.column('Spans'), ['658', '5', '1']);
    await view.close();
  });

  it('are sorted by the head that is pressed, the other way round when it is pressed again', async () => {
    const { view, grid } = await open();
    await grid.head('Errors').click();
    assert.equal(await grid.sorting('Errors'), 'descending');
    await grid.head('Service').click();
    assert.equal(await grid.sorting('Service'), 'ascending');
    assert.equal(await grid.sorting('Errors'), null);
    assert.deepEqual(await grid.column('Service'), ['inventory', 'pricing-api', 'shop-api']);
    await view.page.keyboard.press('Enter');
    assert.equal(await grid.sorting('Service'), 'descending');
    await view.page.keyboard.press('ArrowRight');
    await view.page.keyboard.press('Enter');
    assert.equal(await grid.sorting('Spans'), 'descending');
    await view.close();
  });

  it('offer what they show: not the critical path on the bars', async () => {
    const { view } = await open();
    assert.equal(await view.button('Highlight critical path').count(), 0);
    await view.button('Show entire trace (0)').waitFor();
    await view.openView('Waterfall');
    await view.button('Highlight critical path').waitFor();
    await view.close();
  });

  it('open by key and lead to their spans in the waterfall', async () => {
    const { view, grid } = await open();
    await grid.element.focus();
    await grid.press('ArrowDown', 'ArrowRight', 'ArrowDown');
    assert.match((await grid.active()) ?? '', /^db_query/);
    const [operation] = (await grid.active())!.split('\t');
    await grid.press('Enter');
    await view.rows.first().waitFor();
    assert.equal(await view.filter.inputValue(), `service:=shop-api name:="${operation}"`);
    assert.equal(await view.selected.locator('.row-operation').textContent(), operation);
    await view.openView('Statistics');
    assert.equal(await grid.lines.count(), 2);
    await view.page.getByText(/^\d+ of 664 spans$/).waitFor();
    await view.button('Show all').click();
    await grid.line('inventory').waitFor();
    await view.close();
  });

  it('are by handler and line too, and what has no line leads to its spans', async () => {
    const { view, grid } = await open();
    await view.page.getByLabel('Group by').selectOption({ label: 'Line' });
    await view.page.getByLabel('then by').selectOption({ label: 'Handler' });
    await grid.line('orders.service.ts:87').waitFor();
    await grid.line('(no code location)').locator('.twistie').click();
    await grid.line('OrdersController.remove').waitFor();
    await view.screenshot('statistics-lines');
    await grid.line('(no handler)').click();
    await view.rows.first().waitFor();
    await view.page.getByText('(no handler)').first().waitFor();
    await view.close();
  });

  it('leave the keyboard nowhere, also where a part is called as its group, and follow the arrow that is clicked', async () => {
    const { view, grid } = await open();
    await view.page.getByLabel('Group by').selectOption({ label: 'Handler' });
    await view.page.getByLabel('then by').selectOption({ label: 'Line' });
    await grid.element.focus();
    await grid.press('Home', 'ArrowDown', 'ArrowRight');
    assert.match((await grid.active()) ?? '', /^\(no handler\)/);
    await grid.press('ArrowDown');
    assert.doesNotMatch((await grid.active()) ?? '', /^\(no handler\)/);
    await grid.line('OrdersController.remove').locator('.twistie').click();
    await view.frame();
    assert.match((await grid.active()) ?? '', /^OrdersController\.remove/);
    await view.close();
  });

  it('are of what the filter leaves and of the part of the time on screen', async () => {
    const { view, grid } = await open();
    await view.filter.fill('error');
    await view.frame();
    assert.equal(await grid.column('Spans').then((spans) => spans.length), 3);
    assert.equal(await view.page.locator('.grid-row.match:not([hidden])').count(), 2);
    await view.button('Show only matching spans and their parents').click();
    await view.page.getByText('2 of 664 spans', { exact: true }).waitFor();
    assert.deepEqual(await grid.column('Spans'), ['1', '1']);
    await grid.line('shop-api').click();
    await view.rows.first().waitFor();
    assert.equal(await view.filter.inputValue(), 'service:=shop-api error');
    assert.equal(await view.page.locator('.row.match:not([hidden])').count(), 1);
    await view.close();
  });

  it('of a part of the time lead to the spans that run in it', async () => {
    const { view, grid } = await open();
    const { width = 0 } = (await view.page.locator('.minimap').boundingBox()) ?? {};
    await view.page.locator('.minimap').hover({ position: { x: width * 0.4, y: 20 } });
    await view.page.mouse.down();
    await view.page.locator('.minimap').hover({ position: { x: width * 0.5, y: 20 } });
    await view.page.mouse.up();
    await view.page.locator('.seen-note').waitFor();
    const [count] = await grid.column('Spans');
    assert.ok(Number(count) < 100);
    await grid.line('shop-api').click();
    await view.page
      .getByText(`${count} of 664 spans match.`, { exact: true })
      .waitFor({ state: 'attached' });
    await view.close();
  });

  it('of 100,000 operations are drawn as few', async () => {
    const { view, grid } = await open({ trace: { kind: 'large', size: 20_000 } });
    await view.page.getByLabel('Group by').selectOption({ label: 'Operation' });
    await view.frame();
    assert.ok((await view.nodeCount()) < 3_000);
    await grid.element.focus();
    await grid.press('End');
    assert.notEqual(await grid.active(), undefined);
    await view.close();
  });

  it('digits and arrow keys switch the views, which one is kept over a reload', async () => {
    const { view, grid } = await open();
    await view.page.getByRole('tab', { name: 'Statistics' }).press('ArrowLeft');
    await view.rows.first().waitFor();
    await view.press('2');
    await grid.line('shop-api').waitFor();
    assert.equal((await view.savedState()).view, 'statistics');
    await view.page.reload();
    await grid.line('shop-api').waitFor();
    await view.filter.focus();
    await view.page.keyboard.type('1');
    assert.equal(await view.filter.inputValue(), '1');
    await grid.element.waitFor();
    await view.close();
  });

  it('are grouped and sorted as they were, and so are other views, after the tab was hidden', async () => {
    const { view, grid } = await open();
    await view.page.getByLabel('Group by').selectOption({ label: 'Line' });
    await view.page.getByLabel('then by').selectOption({ label: 'Nothing' });
    await grid.head('p95').click();
    await view.openView('Span list');
    await new GridView(view.page, 'Span list').head('Operation').click();
    await view.openView('Flame graph');
    await view.page.getByRole('treeitem', { name: /^GET pricing-api/ }).click();
    await view.savedState();
    await view.page.reload();
    await view.page.locator('.crumbs', { hasText: 'GET pricing-api' }).waitFor();
    await view.openView('Span list');
    assert.equal(await new GridView(view.page, 'Span list').sorting('Operation'), 'ascending');
    await view.openView('Statistics');
    assert.equal(await grid.sorting('p95'), 'descending');
    assert.equal(await view.page.getByLabel('Group by').inputValue(), 'line');
    assert.equal(await view.page.getByLabel('then by').inputValue(), 'nothing');
    await view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}`, async () => {
      const { view, grid } = await open({ theme });
      await grid.element.focus();
      await grid.press('ArrowDown', 'ArrowRight', 'ArrowDown');
      await view.filter.fill('error');
      await grid.element.focus();
      await view.frame();
      await view.screenshot(`statistics-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing in a narrow panel, where numbers scroll and names stay', async () => {
    const { view, grid } = await open({ width: 400, height: 700 });
    await grid.element.evaluate((element) => element.scrollBy({ left: 200 }));
    await view.frame();
    await view.screenshot('statistics-narrow');
    assert.deepEqual(await violations(view), []);
    const left = await grid.line('shop-api').locator('.grid-name').boundingBox();
    assert.equal(left?.x, 0);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
