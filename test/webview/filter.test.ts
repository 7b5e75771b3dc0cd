import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: filter, marks and zoom', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));

  it('/ goes to the filter; Enter and n go through the matches; Escape clears and goes back', async () => {
    const view = await open();
    await view.press('Home', '/');
    assert.equal(await view.filter.evaluate((field) => document.activeElement === field), true);
    await view.page.keyboard.type('pricing');
    await view.frame();
    assert.match((await view.texts('[role=status]')).join(), /6 of 664 spans match\./);
    await view.page.keyboard.press('Enter');
    await view.frame();
    assert.equal((await view.texts('.filter-count')).join(), '1 of 6');
    await view.press('n', 'n', 'n');
    assert.equal((await view.texts('.filter-count')).join(), '4 of 6');
    await view.press('N');
    assert.equal((await view.texts('.filter-count')).join(), '3 of 6');
    assert.match((await view.focusedLabel()) ?? '', /PricesController.forOrder, .*match/);
    await view.filter.focus();
    await view.page.keyboard.press('Escape');
    await view.frame();
    assert.equal(await view.filter.inputValue(), '');
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    await view.close();
  });

  it('only matches keeps the matches and their ancestors, whatever was folded', async () => {
    const view = await open();
    await view.press('c');
    await view.filter.fill('error');
    await view.button('Show only matching spans and their parents').click();
    await view.frame();
    assert.deepEqual(await view.lines(), [
      'DELETE /api/orders/:id',
      'OrdersController.remove',
      'remove',
      'POST',
      'POST /stock/release',
    ]);
    await view.filter.fill('no such span');
    await view.page.locator('.tree-empty').waitFor();
    assert.equal(await view.rows.count(), 0);
    assert.deepEqual(await view.texts('.tree-empty'), ['No matching spans.']);
    await view.close();
  });

  it('durations with spaces, fields in capitals, files and attributes find their spans', async () => {
    const view = await open();
    const finds = async (query: string) => {
      await view.filter.fill(query);
      await view.frame();
      await view.page.waitForFunction(
        () => document.querySelector('.filter-count')?.textContent !== 'Searching…',
      );
      return (await view.texts('.filter-count')).join();
    };
    assert.equal(await finds('> 1 s'), await finds('>1000ms'));
    assert.notEqual(await finds('> 1 s'), 'No matches');
    assert.equal(await finds('SERVICE:inventory'), await finds('service:=inventory'));
    assert.match(await finds('orders.controller.ts:42'), /^[1-9]/);
    const operations = await finds('prisma orderItem.delete');
    assert.equal(await finds('model=OrderItem method=DELETE'), operations);
    assert.deepEqual(await view.calls('rowsWithAttribute'), [
      { key: 'model', comparison: '=', value: 'OrderItem' },
      { key: 'method', comparison: '=', value: 'DELETE' },
    ]);
    await view.filter.fill('');
    await view.filter.fill('model=Order');
    await view.filter.press('Enter');
    await view.selected.waitFor();
    assert.match((await view.focusedLabel()) ?? '', /prisma order\..*match/);
    await view.close();
  });

  it('completes fields, values and attributes as one types, by keyboard', async () => {
    const view = await open();
    const active = view.page.locator('[role=option][aria-selected=true]');
    await view.filter.focus();
    await view.page.keyboard.type('serv');
    await view.options.first().waitFor();
    assert.equal(await view.filter.getAttribute('aria-expanded'), 'true');
    assert.match((await view.options.allTextContents())[0] ?? '', /^service:.*Tab$/);
    await view.page.keyboard.press('Tab');
    assert.equal(await view.filter.inputValue(), 'service:');
    await view.options.getByText('service:=inventory').waitFor();
    await view.page.keyboard.press('ArrowDown');
    assert.match((await active.textContent()) ?? '', /^service:=shop-api658 spans/);
    assert.equal(
      await view.filter.getAttribute('aria-activedescendant'),
      await active.getAttribute('id'),
    );
    await view.screenshot('filter-suggestions');
    await view.page.keyboard.press('ArrowUp');
    assert.equal(await active.count(), 0);
    await view.page.keyboard.press('ArrowUp');
    assert.match((await active.textContent()) ?? '', /^service:=inventory1 span/);
    await view.page.keyboard.press('Enter');
    assert.equal(await view.filter.inputValue(), 'service:=inventory ');
    assert.equal(await view.options.count(), 0);
    await view.frame();
    assert.deepEqual(await view.texts('.filter-count'), ['1']);
    await view.page.keyboard.type('or -model=orderi');
    await view.options.getByText('-model=OrderItem').waitFor();
    await view.options.getByText('-model=OrderItem').click();
    assert.equal(await view.filter.inputValue(), 'service:=inventory or -model=OrderItem ');
    assert.equal(await view.filter.evaluate((field) => document.activeElement === field), true);
    assert.equal((await view.calls('attributesOfTrace')).length, 1);
    await view.page.keyboard.press('Control+ ');
    await view.options.getByText('http.route=').waitFor();
    await view.page.keyboard.press('Escape');
    assert.equal(await view.options.count(), 0);
    assert.notEqual(await view.filter.inputValue(), '', 'the list closes first');
    await view.page.keyboard.press('Escape');
    await view.frame();
    assert.equal(await view.filter.inputValue(), '');
    await view.close();
  });

  it('Tab leaves the field where it completes nothing, and Enter takes nothing unasked', async () => {
    const view = await open();
    await view.filter.focus();
    await view.page.keyboard.type('model=Order');
    await view.options.getByText('model=OrderItem').waitFor();
    await view.page.keyboard.press('Enter');
    await view.selected.waitFor();
    assert.equal(await view.filter.inputValue(), 'model=Order');
    await view.filter.fill('pricing');
    await view.page.keyboard.press('Tab');
    assert.equal(await view.filter.evaluate((field) => document.activeElement === field), false);
    assert.equal(await view.options.count(), 0);
    await view.close();
  });

  it('F3 goes through the matches from the field, and back with Shift', async () => {
    const view = await open();
    await view.filter.fill('pricing');
    await view.frame();
    for (const [key, count] of [
      ['F3', '1 of 6'],
      ['F3', '2 of 6'],
      ['Shift+F3', '1 of 6'],
      ['Shift+Enter', '6 of 6'],
    ] as const) {
      await view.filter.press(key);
      await view.frame();
      assert.equal((await view.texts('.filter-count')).join(), count);
    }
    await view.close();
  });

  it('x and X go through the failed spans, whatever is looked for; m shows only matches', async () => {
    const view = await open();
    await view.press('Home');
    await view.filter.fill('pricing');
    const goes = async (key: string) => {
      await view.press(key);
      return view.selected.getAttribute('data-row');
    };
    const first = await goes('x');
    const second = await goes('x');
    assert.notEqual(first, second);
    assert.match((await view.focusedLabel()) ?? '', /error/);
    assert.equal(await goes('x'), first, 'around the end');
    assert.equal(await goes('X'), second);
    const toggle = view.button('Show only matching spans and their parents');
    await view.press('m');
    assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
    await view.press('m');
    assert.equal(await toggle.getAttribute('aria-pressed'), 'false');
    await view.close();
  });

  it('conditions are joined with and, or and groups; a text on no row is found in attributes', async () => {
    const view = await open();
    const finds = async (query: string) => {
      await view.filter.fill(query);
      await view.frame();
      await view.page.waitForFunction(
        () => document.querySelector('.filter-count')?.textContent !== 'Searching…',
      );
      return (await view.texts('.filter-count')).join();
    };
    assert.equal(await finds('service:pricing or service:inventory'), '6');
    assert.equal(await finds('(service:pricing OR service:inventory) and kind:server'), '2');
    assert.equal(await finds('-(service:shop)'), '6');
    assert.equal(await finds('8841'), '1');
    assert.equal(await finds('mapped:yes -critical'), await finds('-mapped:no -critical'));
    await view.close();
  });

  it('nothing found is said with what can be typed, and what is wrong beside the field', async () => {
    const view = await open();
    const message = view.page.locator('.filter-message:not([role=listbox])');
    await view.filter.focus();
    await message.getByText('http.route=/orders*').waitFor();
    await view.screenshot('filter-help');
    await view.filter.fill('carts');
    await message.getByText('Try part of a name or file').waitFor();
    assert.deepEqual(await view.texts('.filter-count'), ['No matches']);
    assert.match((await view.texts('[role=status]')).join(), /No matching spans\. Try part/);
    await view.filter.fill('>100');
    await message.getByText('Add a unit: >100 µs, >100 ms or >100 s.').waitFor();
    await view.screenshot('filter-wrong');
    await view.filter.fill('http.rout=/orders');
    await message.getByText('No span in this trace has attribute http.rout.').waitFor();
    await view.filter.fill('servise:shop');
    await message.getByText('Unknown field servise.').waitFor();
    const top = (await view.rows.first().boundingBox())?.y;
    await view.filter.fill('orders');
    await view.frame();
    assert.equal(await message.count(), 0);
    assert.equal((await view.rows.first().boundingBox())?.y, top, 'no row moved');
    await view.filter.fill('carts');
    await view.tree.focus();
    await message.waitFor({ state: 'hidden' });
    await view.close();
  });

  it('a service of the legend filters by it, and again stops', async () => {
    const view = await open();
    const service = view.page.getByRole('button', { name: /inventory/ });
    await service.click();
    await view.frame();
    assert.equal(await view.filter.inputValue(), 'service:=inventory');
    assert.equal(await service.getAttribute('aria-pressed'), 'true');
    await service.click();
    await view.frame();
    assert.equal(await view.filter.inputValue(), '');
    await view.close();
  });

  it('the host marks the spans of a method, selects the first and can be told to stop', async () => {
    const view = await open();
    await view.page.evaluate(() =>
      window.fakeHost.rpc.call('selectRows', {
        rows: [8, 11, 14] as never,
        label: 'Spans of OrdersService.removeItems',
      }),
    );
    await view.frame();
    await view.page
      .getByText('Spans of OrdersService.removeItems · 3 of 664 spans match.')
      .waitFor();
    assert.equal(await view.selected.getAttribute('data-row'), '8');
    await view.press('n');
    assert.equal(await view.selected.getAttribute('data-row'), '11');
    await view.button('Clear highlight').click();
    await view.frame();
    assert.equal(await view.page.locator('.row.match').count(), 0);
    await view.page.evaluate(() => window.fakeHost.rpc.call('focusFilter', {}));
    assert.equal(await view.filter.evaluate((field) => document.activeElement === field), true);
    await view.close();
  });

  it('marks stay on their spans when the trace is read again', async () => {
    const view = await open();
    await view.page.evaluate(() =>
      window.fakeHost.rpc.call('selectRows', { rows: [8, 11, 14] as never, label: 'Marked' }),
    );
    await view.page.getByText('Marked · 3 of 664 spans match.').waitFor();
    const label = await view.focusedLabel();
    await view.page.evaluate(() => window.fakeHost.readAgain());
    await view.page.getByText('Marked · 3 of 665 spans match.').waitFor();
    assert.equal(await view.focusedLabel(), label);
    await view.press('n');
    assert.equal((await view.texts('.filter-count')).join(), '2 of 3');
    await view.close();
  });

  it('a drag over the minimap zooms, wheel with Shift pans, a double click shows all again', async () => {
    const view = await open();
    const map = await view.page.locator('.minimap').boundingBox();
    assert.ok(map);
    const at = (share: number) => map.x + map.width * share;
    await view.page.mouse.move(at(0.5), map.y + 20);
    await view.page.mouse.down();
    await view.page.mouse.move(at(0.75), map.y + 20, { steps: 5 });
    await view.page.mouse.up();
    await view.frame();
    const { viewStart, viewEnd } = await view.savedState();
    assert.ok(Math.abs(viewStart / 2_450_000 - 0.5) < 0.01, `starts at ${viewStart}`);
    assert.ok(Math.abs(viewEnd / 2_450_000 - 0.75) < 0.01, `ends at ${viewEnd}`);
    await view.tree.hover();
    await view.page.keyboard.down('Shift');
    await view.page.mouse.wheel(0, 200);
    await view.page.keyboard.up('Shift');
    await view.frame();
    assert.ok((await view.savedState()).viewStart > viewStart);
    await view.page.locator('.minimap').dblclick();
    await view.frame();
    const whole = await view.savedState();
    assert.deepEqual([whole.viewStart, whole.viewEnd], [0, 0], 'all of it, however long');
    assert.equal(await view.button('Show entire trace (0)').isDisabled(), true);
    await view.close();
  });

  it('keys go to the rows after a drag or click in the minimap, on a text, or on a button that then is disabled', async () => {
    const view = await open();
    await view.press('Home');
    const map = await view.page.locator('.minimap').boundingBox();
    assert.ok(map);
    const moves = async (what: string) => {
      const before = await view.selected.getAttribute('data-row');
      await view.page.keyboard.press('ArrowDown');
      await view.frame();
      assert.notEqual(await view.selected.getAttribute('data-row'), before, what);
    };
    await view.page.mouse.move(map.x + map.width * 0.2, map.y + 20);
    await view.page.mouse.down();
    await view.page.mouse.move(map.x + map.width * 0.6, map.y + 20, { steps: 5 });
    await view.page.mouse.up();
    await view.frame();
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    await moves('a drag');
    await view.page.locator('.minimap').click();
    await moves('a click in the minimap');
    await view.button('Show entire trace (0)').click();
    await view.frame();
    await moves('a button that is disabled by its click');
    await view.page.locator('.summary-duration').click();
    await moves('a text');
    await view.close();
  });

  it('keys zoom to the span and back', async () => {
    const view = await open();
    await view.press('Home', 'ArrowDown', 'z');
    const zoomedIn = await view.savedState();
    assert.ok(zoomedIn.viewEnd - zoomedIn.viewStart < 200);
    assert.ok((await view.texts('.tick')).every((label) => label.endsWith('µs')));
    await view.press('0');
    assert.equal((await view.savedState()).viewStart, 0);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
