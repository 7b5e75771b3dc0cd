import assert from 'node:assert/strict';
import { GridView } from './gridView.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: span list', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    await view.openView('Span list');
    return { view, grid: new GridView(view.page, 'Span list') };
  };

  it('has the longest spans first, and is sorted by any of its heads', async () => {
    const { view, grid } = await open();
    const operations = await grid.column('Operation');
    assert.deepEqual(operations.slice(0, 2), ['DELETE /api/orders/:id', 'OrdersController.remove']);
    await grid.head('Status').click();
    assert.deepEqual((await grid.column('Status')).slice(0, 3), ['error', 'error', '–']);
    await grid.head('Starts at').click();
    await grid.head('Starts at').click();
    assert.equal(await grid.sorting('Starts at'), 'ascending');
    assert.equal((await grid.column('Starts at'))[0], '0 µs');
    await view.close();
  });

  it('selects by key and click, and opens the details, as in the waterfall', async () => {
    const { view, grid } = await open();
    await view.button('Details').click();
    await grid.element.focus();
    await grid.press('ArrowDown', 'ArrowDown');
    assert.match((await grid.active()) ?? '', /^OrdersController.remove\t/);
    await grid.press(' ');
    const heading = view.details.getByRole('heading', { name: 'OrdersController.remove' });
    await heading.waitFor();
    assert.equal(await heading.evaluate((one) => one === document.activeElement), true);
    await grid.line('PricesController.forOrder').click();
    await view.details.getByRole('heading', { name: 'PricesController.forOrder' }).waitFor();
    await view.openView('Waterfall');
    assert.equal(
      await view.selected.locator('.row-operation').textContent(),
      'PricesController.forOrder',
    );
    await view.close();
  });

  it('opens the line by Enter and a double click, and zooms by key, as the waterfall does', async () => {
    const { view, grid } = await open();
    await grid.element.focus();
    await grid.press('ArrowDown', 'ArrowDown', 'Enter');
    assert.equal((await view.calls('openCode')).length, 1);
    await grid.line('PricesController.forOrder').dblclick();
    assert.equal((await view.calls('openCode')).length, 2);
    await grid.element.focus();
    await grid.press('+', 'Shift+ArrowRight');
    await view.page.getByText(/^\d+ of 664 spans · \d/).waitFor();
    await grid.press('0');
    await view.page.locator('.seen-note').waitFor({ state: 'detached' });
    await view.close();
  });

  it('marks what the filter finds, and has nothing else where only matches are shown', async () => {
    const { view, grid } = await open();
    await view.filter.fill('service:inventory');
    await view.frame();
    assert.equal(await view.page.locator('.grid-row.match:not([hidden])').count(), 1);
    await view.button('Show only matching spans and their parents').click();
    await view.page.getByText('1 of 664 spans', { exact: true }).waitFor();
    assert.deepEqual(await grid.column('Operation'), ['POST /stock/release']);
    await view.close();
  });

  it('shows the line that is selected from elsewhere, and knows the keys of matches and errors', async () => {
    const { view, grid } = await open({ height: 500 });
    const selectedIsSeen = () =>
      view.page.locator('.data-grid').evaluate((list) => {
        const id = list.getAttribute('aria-activedescendant') ?? '';
        const line = document.getElementById(id)?.getBoundingClientRect();
        const { top, bottom } = list.getBoundingClientRect();
        return line !== undefined && line.top >= top && line.bottom <= bottom;
      });
    await view.filter.fill('orderItem.delete');
    await view.filter.press('Enter');
    await view.filter.press('Shift+Enter');
    await view.frame();
    assert.match((await grid.active()) ?? '', /^prisma orderItem.delete\t/);
    assert.equal(await selectedIsSeen(), true);
    await grid.element.focus();
    await grid.press('x');
    await view.frame();
    assert.match((await grid.active()) ?? '', /\terror$/);
    assert.equal(await selectedIsSeen(), true);
    await grid.press('m');
    await view.page.getByText('214 of 664 spans', { exact: true }).waitFor();
    await view.close();
  });

  it('of 20,000 spans has few elements, and its end is a key away', async () => {
    const { view, grid } = await open({ trace: { kind: 'large', size: 20_000 } });
    assert.ok((await view.nodeCount()) < 3_000);
    await grid.element.focus();
    await grid.press('End');
    assert.match((await grid.active()) ?? '', /^step /);
    await view.close();
  });

  it('shows names of any kind as text on one line', async () => {
    const { view, grid } = await open({ trace: { kind: 'hostile' } });
    await grid.line('<img src=x').waitFor();
    for (const row of await grid.lines.all()) assert.equal((await row.boundingBox())?.height, 24);
    await view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}, with details beside it`, async () => {
      const { view, grid } = await open({ theme });
      await grid.line('POST /stock/release').click();
      await view.details.getByRole('heading', { name: 'POST /stock/release' }).waitFor();
      await view.screenshot(`list-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing in a narrow panel', async () => {
    const { view } = await open({ width: 400, height: 700 });
    await view.screenshot('list-narrow');
    assert.deepEqual(await violations(view), []);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
