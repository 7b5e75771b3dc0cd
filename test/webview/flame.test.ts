import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: flame graph', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    await view.openView('Flame graph');
    const graph = view.page.getByRole('tree', { name: 'Flame graph' });
    const focused = () =>
      graph.evaluate((tree) => {
        const id = tree.getAttribute('aria-activedescendant');
        const box = id ? document.getElementById(id) : null;
        return box && !box.hidden ? (box.getAttribute('aria-label') ?? '') : undefined;
      });
    const press = async (...keys: readonly string[]) => {
      await graph.focus();
      for (const key of keys) {
        await view.page.keyboard.press(key);
        await view.frame();
      }
    };
    const box = (name: RegExp) => graph.getByRole('treeitem', { name });
    return { view, graph, focused, press, box };
  };

  it('puts the spans of a path together, as wide as their time', async () => {
    const { view, graph, box } = await open();
    const width = (await graph.boundingBox())?.width ?? 0;
    const queries = await box(/^db_query DELETE OrderItem ×214, /).boundingBox();
    const all = await box(/^DELETE \/api\/orders\/:id, /).boundingBox();
    assert.ok((all?.width ?? 0) > width * 0.9);
    assert.ok((queries?.width ?? 0) / width > 0.5, 'most of the time is in the queries');
    assert.equal(
      await box(/^prisma orderItem.delete ×214, /).textContent(),
      'prisma orderItem.delete ×214',
    );
    await view.close();
  });

  it('is walked through by key, and says what each part costs', async () => {
    const { view, focused, press } = await open();
    await press('ArrowDown');
    assert.match(
      (await focused()) ?? '',
      /^DELETE \/api\/orders\/:id, shop-api, 1 call, total 2.45 s/,
    );
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.match(
      (await focused()) ?? '',
      /^prisma orderItem.delete ×214, shop-api, 214 calls, total 1.87 s, self 281 ms, 7\d(\.\d)?% of the trace$/,
    );
    await view.page.locator('.flame-info strong', { hasText: 'prisma orderItem.delete' }).waitFor();
    await press('ArrowUp');
    assert.match((await focused()) ?? '', /^remove, /);
    await view.close();
  });

  it('zooms by Enter and click, and back by Escape and by each step of the way', async () => {
    const { view, graph, box, press } = await open();
    const widthOf = async (name: RegExp) => (await box(name).boundingBox())?.width ?? 0;
    const whole = (await graph.boundingBox())?.width ?? 0;
    await box(/^GET pricing-api/).click();
    await view.frame();
    assert.ok((await widthOf(/^GET pricing-api/)) > whole * 0.9);
    const way = view.page.getByRole('navigation', { name: 'Zoom' });
    await way.getByText('GET pricing-api').waitFor();
    await press('Escape');
    assert.ok((await widthOf(/^GET pricing-api/)) < whole * 0.2);
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await way.getByRole('button', { name: 'Entire trace' }).click();
    await view.frame();
    assert.equal(await way.getByRole('listitem').count(), 1);
    await view.close();
  });

  it('stays at the part that is zoomed to when more of the trace arrives', async () => {
    const { view, box } = await open();
    await box(/^GET pricing-api/).click();
    const way = view.page.getByRole('navigation', { name: 'Zoom' }).getByRole('listitem');
    await way.last().getByText('GET pricing-api').waitFor();
    const before = await way.allTextContents();
    await view.page.evaluate(() => window.fakeHost.readAgain());
    await view.page
      .getByText(/^665 spans/)
      .first()
      .waitFor();
    await view.frame();
    assert.deepEqual(await way.allTextContents(), before);
    await view.close();
  });

  it('says nothing of what the pointer was on once a filter leaves other parts', async () => {
    const { view, box } = await open();
    await box(/^OrdersController.remove, /).hover();
    const said = view.page.locator('.flame-info strong');
    await view.page.locator('.flame-info strong', { hasText: 'OrdersController' }).waitFor();
    await view.filter.fill('-middleware');
    await view.button('Show only matching spans and their parents').press('Enter');
    await view.page.locator('.seen-note').waitFor();
    assert.equal(await said.count(), 0);
    await view.close();
  });

  it('fills the panel when it is made higher', async () => {
    const { view, graph } = await open({ trace: { kind: 'deep', size: 200 }, height: 420 });
    await view.page.setViewportSize({ width: 1200, height: 900 });
    await view.frame();
    const bottom = await graph.evaluate((element) => element.getBoundingClientRect().bottom);
    const drawn = await graph
      .locator('.flame-box:not([hidden])')
      .evaluateAll((boxes) => Math.max(...boxes.map((one) => one.getBoundingClientRect().bottom)));
    assert.ok(drawn >= bottom, `drawn to ${drawn} of ${bottom}`);
    await view.close();
  });

  it('shows the spans of a part in the waterfall, and begins at the selected span', async () => {
    const { view, focused, press } = await open();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', ' ');
    await view.rows.first().waitFor();
    assert.equal(
      await view.selected.locator('.row-operation').textContent(),
      'prisma orderItem.delete',
    );
    await view.page
      .getByText('214 of 664 spans match.', { exact: true })
      .waitFor({ state: 'attached' });
    await view.press('Home');
    await view.openView('Flame graph');
    assert.match((await focused()) ?? '', /^DELETE \/api/);
    await view.close();
  });

  it('marks what the filter finds, and leaves the rest out where only matches are shown', async () => {
    const { view, box, graph } = await open();
    await view.filter.fill('error');
    await view.frame();
    assert.equal(await graph.locator('.flame-box.match:not([hidden])').count(), 2);
    assert.match((await box(/^POST, /).getAttribute('aria-label')) ?? '', /1 error, 1 match$/);
    await view.screenshot('flame-filter');
    await view.button('Show only matching spans and their parents').click();
    await view.frame();
    assert.equal(await box(/^prisma/).count(), 0);
    await view.close();
  });

  it('of a trace 20,000 deep and of 20,000 operations below one has few elements', async () => {
    const deep = await open({ trace: { kind: 'deep', size: 20_000 } });
    assert.ok((await deep.view.nodeCount()) < 1_500);
    await deep.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.match((await deep.focused()) ?? '', /^level 2, /);
    await deep.view.close();
    const wide = await open({ trace: { kind: 'large', size: 20_000 } });
    await wide.view.screenshot('flame-large');
    assert.ok((await wide.view.nodeCount()) < 12_000);
    await wide.view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}`, async () => {
      const { view, press } = await open({ theme });
      await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
      await view.screenshot(`flame-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing in a narrow panel with a zoom and a filter', async () => {
    const { view, press } = await open({ width: 400, height: 700 });
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await view.filter.fill('delete');
    await view.frame();
    await view.screenshot('flame-narrow');
    assert.deepEqual(await violations(view), []);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
