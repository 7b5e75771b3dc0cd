import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: which rows there are', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open({ asOpened: true, ...options[0] }));
  const choose = async (view: WaterfallView, name: string) => {
    await view.button('Rows').click();
    await view.page.getByRole('menu').getByText(name, { exact: true }).click();
    await view.frame();
  };

  it('a trace opens with what matters: repeated calls have one row, selected where it costs most', async () => {
    const view = await open();
    assert.deepEqual(await view.lines(), [
      'DELETE /api/orders/:id',
      'middleware',
      'OrdersController.remove',
      'JwtGuard',
      'remove',
      'prisma order.findUnique',
      'prisma orderItem.delete',
      'GET pricing-api:3001/api/prices/8841',
      'GET /api/prices/:orderId',
      'PricesController.forOrder',
      'prisma price.findMany',
      'POST',
      'POST /stock/release',
      'prisma order.delete',
    ]);
    const { selected } = view;
    assert.match((await selected.textContent()) ?? '', /214 ×prisma orderItem\.delete/);
    assert.match((await selected.locator('.bar-label').textContent()) ?? '', /^1\.\d+ s · p95 10/);
    assert.match(
      (await view.focusedLabel()) ?? '',
      /^214 calls of prisma orderItem\.delete, shop-api, 1\.\d+ s together, 95% within 10/,
    );
    await view.screenshot('as-opened');
    await view.close();
  });

  it('the row of repeated calls opens to each of them, and closes', async () => {
    const view = await open();
    const head = view.rows.filter({ hasText: '214 ×' });
    await view.press('ArrowRight');
    assert.equal(await head.getAttribute('aria-expanded'), 'true');
    await view.press('ArrowRight');
    assert.match((await view.focusedLabel()) ?? '', /^prisma orderItem\.delete, shop-api, \d/);
    assert.equal(await view.selected.getAttribute('aria-level'), '5');
    await view.screenshot('group-open');
    await view.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    assert.equal(await head.getAttribute('aria-expanded'), 'false');
    await head.hover();
    assert.match(
      (await view.page.getByRole('tooltip').textContent()) ?? '',
      /Call count214Together1/,
    );
    await view.close();
  });

  it('says how many spans are in view, and one press brings all of them back; u undoes it', async () => {
    const view = await open();
    const before = await view.lines();
    assert.match((await view.texts('.row-total')).join(), /12 of 664 spans in view/);
    await view.press('a');
    assert.match((await view.texts('[role=status]')).join(), /664 rows/);
    assert.equal(await view.page.locator('.row-total').count(), 0);
    await view.press('u');
    assert.deepEqual(await view.lines(), before);
    await view.press('U');
    assert.equal(await view.page.locator('.row-total').count(), 0);
    await view.press('r');
    assert.deepEqual(await view.lines(), before);
    await view.button('Show all').click();
    await view.frame();
    assert.equal(await view.page.locator('.row-total').count(), 0);
    await view.close();
  });

  it('a subtree alone, short spans hidden, errors and slow spans opened: by key and from the menu', async () => {
    const view = await open();
    await view.row('PricesController.forOrder').click();
    await view.press('f');
    assert.deepEqual(await view.lines(), ['PricesController.forOrder', 'prisma price.findMany']);
    await view.press('f');
    assert.ok((await view.lines()).length > 10);
    await choose(view, 'Hide spans under 100 ms');
    assert.deepEqual((await view.lines()).slice(0, 4), [
      'DELETE /api/orders/:id',
      'OrdersController.remove',
      'remove',
      'GET pricing-api:3001/api/prices/8841',
    ]);
    await view.press('r', 'E', 'End');
    assert.ok((await view.lines()).includes('POST /stock/release'));
    assert.ok(!(await view.lines()).includes('PricesController.forOrder'));
    await view.press('S');
    assert.ok((await view.lines()).includes('prisma price.findMany'));
    await choose(view, 'Group repeated spans');
    assert.equal((await view.texts('.row-count')).join(''), '');
    await view.press('Control+z');
    assert.match((await view.texts('.row-count')).join(''), /214 ×/);
    await view.close();
  });

  it('says in each view why it shows nothing, and selects the same span once there are rows again', async () => {
    const view = await open();
    const empty = () => view.texts('.tree-empty');
    await view.row('JwtGuard').click();
    const label = await view.focusedLabel();
    await view.press('m');
    await view.filter.fill('nowhere');
    await view.press();
    assert.deepEqual(await empty(), ['No matching spans.']);
    for (const name of ['Statistics', 'Flame graph', 'Span list', 'Services']) {
      await view.openView(name);
      assert.deepEqual(await empty(), ['No matching spans.'], name);
    }
    await view.openView('Waterfall');
    await view.filter.fill('');
    await view.frame();
    assert.equal(await view.focusedLabel(), label);
    await view.press('m', 'f');
    await view.button('Rows').click();
    await view.page.getByRole('menuitemcheckbox', { name: 'Hide spans under 100 ms' }).click();
    await view.frame();
    for (const name of ['Waterfall', 'Statistics', 'Flame graph', 'Span list', 'Services']) {
      await view.openView(name);
      assert.deepEqual(await empty(), ['All spans are hidden. Select Show all.'], name);
    }
    await view.button('Show all').click();
    await view.openView('Waterfall');
    assert.equal(await view.focusedLabel(), label);
    await view.close();
  });

  it('the menu of rows is used by keys alone, and tells what is on', async () => {
    const view = await open();
    const { keyboard } = view.page;
    await view.button('Rows').focus();
    await keyboard.press('Enter');
    const menu = view.page.getByRole('menu', { name: 'Rows' });
    await menu.waitFor();
    await view.screenshot('rows-menu');
    await keyboard.press('g');
    await view.frame();
    const focused = view.page.locator('.menu-item:focus');
    assert.equal(await focused.getAttribute('aria-checked'), 'true');
    await keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    assert.equal(await view.button('Rows').evaluate((one) => one === document.activeElement), true);
    await view.close();
  });

  it('? lists every key over the page, and Escape gives the rows their keys back', async () => {
    const view = await open();
    await view.press('?');
    const sheet = view.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await view.screenshot('key-sheet');
    const listed = await sheet.locator('kbd').allTextContents();
    for (const key of ['n', 'z', 'a', 'u', 'E', '/', '?']) assert.ok(listed.includes(key), key);
    await view.page.keyboard.press('2');
    await view.frame();
    assert.equal(await view.page.locator('.data-grid').count(), 0, 'no view opens behind it');
    await view.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await view.page.keyboard.press('Home');
    await view.frame();
    assert.match((await view.focusedLabel()) ?? '', /^DELETE/);
    await view.close();
  });

  it('a match that is hidden in a group is found and shown', async () => {
    const view = await open();
    await view.filter.fill('db_query SELECT Price');
    await view.filter.press('Enter');
    await view.frame();
    assert.match((await view.focusedLabel()) ?? '', /^db_query SELECT Price/);
    await view.close();
  });

  it('how rows are looked at is told, for the next trace of this kind; a reload tells nothing', async () => {
    const view = await open();
    await view.press('ArrowDown', 'ArrowLeft', 'z');
    assert.deepEqual(await view.calls('keepHabits'), []);
    await view.press('a');
    await choose(view, 'Hide spans under 1 ms');
    const kept = { isGrouped: false, foldBase: 'none', shortest: 0 };
    assert.deepEqual(await view.calls('keepHabits'), [kept, { ...kept, shortest: 1_000 }]);
    await view.page.reload();
    await view.rows.first().waitFor();
    await view.frame();
    assert.deepEqual(await view.calls('keepHabits'), []);
    await view.close();
  });

  it('open groups, the threshold and the subtree survive a reload', async () => {
    const view = await open();
    await view.press('ArrowRight');
    await view.rows
      .filter({ hasText: /^remove/ })
      .first()
      .click();
    await view.press('f');
    await choose(view, 'Hide spans under 1 ms');
    const before = await view.savedState();
    const lines = await view.lines();
    await view.page.reload();
    await view.rows.first().waitFor();
    await view.frame();
    assert.deepEqual(await view.savedState(), before);
    assert.deepEqual(await view.lines(), lines);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
