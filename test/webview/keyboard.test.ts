import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: keyboard', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));
  const focused = async (view: WaterfallView) => (await view.focusedLabel())?.split(',')[0];

  it('keys work at once: the rows have the focus when the page opens', async () => {
    const view = await open();
    await view.page.keyboard.press('ArrowDown');
    await view.frame();
    assert.equal(await focused(view), 'DELETE /api/orders/:id');
    await view.close();
  });

  it('tells the extension of keys and clicks, which ends the use of Endpoints, and of nothing else', async () => {
    const view = await open();
    const told = (times: number) =>
      view.page.waitForFunction((wanted) => window.fakeHost.uses === wanted, times);
    await view.rows.first().hover();
    await told(0);
    await view.page.keyboard.press('ArrowDown');
    await told(1);
    await view.rows.first().click();
    await told(2);
    await view.close();
  });

  it('arrows, Home, End and page keys move the selection', async () => {
    const view = await open();
    await view.press('ArrowDown', 'ArrowDown');
    assert.equal(await focused(view), 'middleware - query');
    await view.press('ArrowUp');
    assert.equal(await focused(view), 'DELETE /api/orders/:id');
    await view.press('End');
    assert.equal(await focused(view), 'db_query DELETE Order');
    assert.equal(await view.selected.isVisible(), true);
    await view.press('Home', 'PageDown');
    const afterPage = await focused(view);
    assert.notEqual(afterPage, 'DELETE /api/orders/:id');
    await view.press('PageUp');
    assert.equal(await focused(view), 'DELETE /api/orders/:id');
    await view.close();
  });

  it('Left folds then goes to the parent, Right unfolds then goes to the first child', async () => {
    const view = await open();
    await view.press('Home', 'ArrowLeft');
    assert.equal(await view.rows.count(), 1);
    assert.equal(await view.selected.getAttribute('aria-expanded'), 'false');
    await view.press('ArrowRight');
    assert.equal(await view.selected.getAttribute('aria-expanded'), 'true');
    await view.press('ArrowRight');
    assert.equal(await focused(view), 'middleware - query');
    await view.press('ArrowLeft');
    assert.equal(await focused(view), 'DELETE /api/orders/:id');
    await view.close();
  });

  it('fold all, unfold one level and unfold all work by key and from the menu', async () => {
    const view = await open();
    await view.press('c');
    assert.equal(await view.rows.count(), 1);
    await view.press('e');
    assert.equal(await view.rows.count(), 6);
    await view.button('Rows').click();
    await view.page.getByRole('menuitem', { name: 'Expand one level' }).click();
    await view.frame();
    assert.equal(await view.rows.count(), 8);
    await view.press('*');
    assert.ok((await view.rows.count()) > 15);
    assert.match((await view.texts('[role=status]')).join(), /664 rows/);
    await view.close();
  });

  it('a click on the twistie folds; a click on a row selects it and tells about it', async () => {
    const view = await open();
    await view.row('OrdersController.remove').locator('.twistie').click();
    await view.frame();
    assert.equal(await view.rows.count(), 6);
    await view.row('OrdersController.remove').click();
    await view.details.getByText('The span carries code.file.path').waitFor();
    await view.close();
  });

  it("a click previews the span's code and leaves the keyboard with the rows", async () => {
    const view = await open();
    await view.row('OrdersController.remove').click();
    await view.frame();
    const row = Number(await view.selected.getAttribute('data-row'));
    assert.equal(await focused(view), 'OrdersController.remove');
    assert.deepEqual(await view.calls('previewCode'), [{ row, by: 'click' }]);
    assert.deepEqual(await view.calls('openCode'), []);
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    await view.close();
  });

  it('a key previews the code of the row it selects, and keeps the keyboard', async () => {
    const view = await open();
    await view.row('OrdersController.remove').click();
    await view.press('ArrowDown', 'ArrowDown', 'ArrowUp');
    const row = Number(await view.selected.getAttribute('data-row'));
    await view.page.waitForFunction((wanted) => {
      const last = window.fakeHost.calls.findLast(({ method }) => method === 'previewCode');
      return JSON.stringify(last?.params) === JSON.stringify({ row: wanted, by: 'key' });
    }, row);
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    await view.close();
  });

  it('a double click opens the code once, after one preview; the twistie does neither', async () => {
    const view = await open();
    await view.row('JwtGuard').dblclick();
    await view.frame();
    assert.equal((await view.calls('openCode')).length, 1);
    assert.equal((await view.calls('previewCode')).length, 1);
    await view.row('OrdersController.remove').locator('.twistie').dblclick();
    await view.frame();
    assert.equal((await view.calls('openCode')).length, 1);
    assert.equal((await view.calls('previewCode')).length, 1);
    await view.close();
  });

  it('why a click showed no code is said once, moves no row, and goes with Escape or the next span', async () => {
    const reason = '/etc/hosts is outside the workspace. Press Enter or double-click to open it.';
    const view = await open({ preview: { opened: false, reason } });
    const said = view.page.locator('.notification');
    const top = async () => (await view.rows.first().boundingBox())?.y;
    const before = await top();
    for (const name of ['JwtGuard', 'OrdersController.remove', 'JwtGuard']) {
      await view.row(name).click();
      await view.frame(); // What was said of the span before goes first.
      await said.getByText(reason).waitFor();
      assert.equal(await said.count(), 1);
    }
    assert.equal(await top(), before);
    await view.press('Escape');
    assert.equal(await said.count(), 0);
    await view.row('JwtGuard').click();
    await said.waitFor();
    await view.press('ArrowDown');
    assert.equal(await said.count(), 0);
    await view.close();
  });

  it('Enter, a double click and a click on the place open the code; a span without code says why', async () => {
    const view = await open();
    await view.press('Home', 'Enter');
    assert.deepEqual(await view.calls('openCode'), [
      { row: 0, alternative: undefined, beside: true },
    ]);
    await view.row('JwtGuard').dblclick();
    await view.frame();
    assert.equal((await view.calls('openCode')).length, 2);
    await view
      .row('remove')
      .locator('.row-texts')
      .click({ modifiers: ['ControlOrMeta'] });
    await view.frame();
    assert.equal((await view.calls('openCode')).length, 3);
    await view.row('JwtGuard').locator('.row-place').click();
    await view.frame();
    assert.equal((await view.calls('openCode')).length, 4);
    await view.row('middleware - query').dblclick();
    await view.page.getByText('Express middleware is not code of this workspace.').nth(1).waitFor();
    await view.close();
  });

  it('the details open the location and its alternatives, and a linked trace', async () => {
    const view = await open();
    await view.rows.filter({ hasText: '×2' }).first().click();
    await view.details.getByRole('button', { name: /OrdersService.purge/ }).click();
    await view.frame();
    assert.deepEqual(await view.calls('openCode'), [{ row: 8, alternative: 0, beside: true }]);
    await view.row('remove').nth(0).click();
    await view.press('Home');
    for (let press = 0; press < 7; press++) await view.press('ArrowDown');
    await view.details.getByRole('button', { name: '0af7651916cd43dd8448eb211c80319c' }).click();
    await view.frame();
    assert.deepEqual(await view.calls('openLinkedTrace'), [{ row: 7, link: 0, from: false }]);
    await view.close();
  });

  it('the rows are one tab stop among the controls', async () => {
    const view = await open();
    const stops: string[] = [];
    for (let press = 0; press < 24; press++) {
      await view.page.keyboard.press('Tab');
      stops.push(
        await view.page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
        }),
      );
    }
    assert.equal(stops.filter((stop) => stop === 'Spans in the trace').length, 1);
    assert.ok(stops.includes('Filter spans'));
    assert.ok(stops.includes('Details size'));
    await view.close();
  });

  it("the editor's own keys are left to the editor", async () => {
    const view = await open();
    const keys = [
      'F1',
      'F5',
      'Control+p',
      'Control+Shift+p',
      'Control+a',
      'Control+f',
      'Alt+ArrowLeft',
    ];
    await view.page.evaluate(() => {
      const seen: { key: string; prevented: boolean }[] = [];
      Object.assign(window, { seen });
      window.addEventListener('keydown', (event) => {
        if (['Control', 'Shift', 'Alt'].includes(event.key)) return;
        seen.push({ key: event.key, prevented: event.defaultPrevented });
        event.preventDefault();
      });
    });
    for (const place of [view.tree, view.filter]) {
      await place.focus();
      for (const key of keys) await view.page.keyboard.press(key);
    }
    await view.button('Rows').click();
    const item = view.page.getByRole('menuitem', { name: 'As opened' });
    for (const key of keys) await view.page.keyboard.press(key);
    assert.equal(await item.evaluate((one) => one === document.activeElement), true);
    await view.page.keyboard.press('Escape');
    const seen = await view.page.evaluate(
      () => (window as unknown as { seen: { key: string; prevented: boolean }[] }).seen,
    );
    assert.equal(seen.length, keys.length * 3);
    assert.deepEqual(
      seen.filter(({ prevented }) => prevented),
      [],
    );
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
