import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { MessageBundle } from '../../src/core/base/message.ts';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { GridView } from './gridView.ts';
import { storyTrace } from './page/traces.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

const korean = JSON.parse(
  readFileSync(new URL('../../l10n/bundle.l10n.ko.json', import.meta.url), 'utf8'),
) as MessageBundle;

describe('waterfall page: comparison with another trace', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    await view.page.getByRole('tab').nth(5).click();
    return { view, grid: new GridView(view.page, 'Comparison') };
  };
  const compared = async (...options: Parameters<WaterfallPages['open']>) => {
    const { view, grid } = await open(...options);
    await grid.lines.first().waitFor();
    await view.frame();
    return { view, grid };
  };
  const sentence = (view: WaterfallView) => view.page.locator('.comparison-head h2').textContent();
  const calls = (view: WaterfallView, method: string) =>
    view.page.evaluate(
      (wanted) => window.fakeHost.calls.filter((call) => call.method === wanted),
      method,
    );

  it('asks for the other one, then says what differs and begins at the call that does', async () => {
    const { view, grid } = await compared();
    assert.equal((await calls(view, 'chooseOther')).length, 1);
    assert.match(
      (await sentence(view))!,
      /^1\.\d+ s slower: 214 × OrderItem in OrdersService\.removeItems instead of 9 \(\+1\.\d+ s\) at orders\.service\.ts:87\.$/,
    );
    await grid.element.focus();
    const [name, counts, , difference, place] = (await grid.active())!.split('\t');
    assert.equal(name, 'OrderItem in OrdersService.removeItems');
    assert.equal(counts, '9 → 214');
    assert.match(difference!, /^\+1\.\d+ s$/);
    assert.equal(place, 'orders.service.ts:87');
    await view.screenshot('compare');
    await view.close();
  });

  it('gives way to the rows where the code selects spans, and to the filter that is asked for', async () => {
    const { view, grid } = await compared();
    await grid.element.focus();
    await grid.press('/');
    assert.equal(await grid.lines.first().isVisible(), true, 'there is no filter here');
    await view.page.evaluate(() =>
      window.fakeHost.rpc.call('selectRows', { rows: [0] as never, label: 'Marked' }),
    );
    await view.row('DELETE /api/orders/:id').waitFor();
    await view.openView('Compare');
    await grid.lines.first().waitFor();
    await view.page.evaluate(() => window.fakeHost.rpc.call('focusFilter', {}));
    await view.page.locator('#filter:focus').waitFor();
    await view.close();
  });

  it('leaves the filter that it has no place for to the rows', async () => {
    const { view, grid } = await compared();
    await grid.element.focus();
    await grid.press('x', 'm', 'n');
    assert.equal(await view.page.locator('.comparison').isVisible(), true);
    await view.openView('Waterfall');
    assert.equal(await view.selected.count(), 0, 'no key selected a span unseen');
    await view.openView('Compare');
    await grid.lines.first().waitFor();
    await view.button(/^2 errors$/).click();
    await view.page
      .getByText('2 of 664 spans match.', { exact: true })
      .waitFor({ state: 'attached' });
    await view.rows.first().waitFor();
    assert.equal(await view.filter.inputValue(), 'error');
    await view.close();
  });

  it('says the day of each trace where they are of two', async () => {
    const day = 86_400_000_000;
    const spans = storyTrace().map((span) => ({
      ...span,
      start: epochMicroseconds(span.start + day),
    }));
    const times = (view: WaterfallView) => view.texts('.comparison-fact:nth-last-child(2)');
    const { view: same } = await compared();
    assert.deepEqual(await times(same), ['8:20:36 AM', '8:20:36 AM']);
    await same.close();
    const { view } = await compared({ trace: { kind: 'spans', spans } });
    assert.deepEqual(await times(view), ['Nov 22, 2026, 8:20:36 AM', 'Nov 23, 2026, 8:20:36 AM']);
    await view.close();
  });

  it('says which call only one of them has', async () => {
    const { view, grid } = await compared();
    const cache = grid.line('cache.get');
    await cache.waitFor();
    assert.match((await cache.textContent())!, /1 → 0.* → –-\d/);
    await view.close();
  });

  it('turned round, compares the other way', async () => {
    const { view, grid } = await compared();
    await view.button('Swap the traces').click();
    await view.frame();
    assert.match((await sentence(view))!, /faster: 9 × OrderItem .* instead of 214/);
    assert.match((await grid.line('OrderItem in').textContent())!, /214 → 9/);
    await view.screenshot('compare-swapped');
    await view.close();
  });

  it('leads from a call to its spans, and to its line', async () => {
    const { view, grid } = await compared();
    await grid.element.focus();
    await grid.press('o');
    await view.page.waitForFunction(() =>
      window.fakeHost.calls.some(({ method }) => method === 'openComparedCode'),
    );
    await grid.line('OrderItem in').locator('.grid-link').click();
    await view.frame();
    assert.equal((await calls(view, 'openComparedCode')).length, 2);
    await grid.element.focus();
    await grid.press('Enter');
    await view.rows.first().waitFor();
    await view.page.getByText(/Spans of OrderItem in .* of 664 spans match/).waitFor();
    await view.close();
  });

  it('says that only the other one has the spans of a call', async () => {
    const { view, grid } = await compared();
    await grid.line('cache.get').locator('.grid-name').click();
    await view.page.getByText("This trace doesn't have this call.").first().waitFor();
    await view.close();
  });

  it('opens and closes by key, up to what calls', async () => {
    const { view, grid } = await compared();
    await grid.element.focus();
    await grid.press('Home', 'ArrowLeft');
    assert.equal(await grid.lines.count(), 1);
    await grid.press('ArrowRight');
    assert.ok((await grid.lines.count()) > 3);
    await grid.press('ArrowDown', 'ArrowLeft');
    assert.match((await grid.active())!, /^OrdersController\.remove/);
    await view.close();
  });

  it('leaves out what is alike, and is by line too', async () => {
    const { view, grid } = await compared();
    const all = await grid.lines.count();
    await view.page.getByLabel('Only differences').check();
    await view.frame();
    assert.ok((await grid.lines.count()) < all);
    await grid.line('OrderItem in').waitFor();
    await view.page.getByLabel('Only differences').uncheck();
    await view.page.getByLabel('Compare by').selectOption({ label: 'Line' });
    await view.frame();
    assert.equal((await grid.column('Line'))[0], 'orders.service.ts:87');
    assert.equal((await grid.column('Call count'))[0], '12 → 217');
    await view.screenshot('compare-lines');
    await view.close();
  });

  it('is sorted by what is asked for', async () => {
    const { view, grid } = await compared();
    const places = await grid.column('Line');
    await grid.head('Line').click();
    assert.equal(await grid.sorting('Line'), 'ascending');
    assert.notDeepEqual(await grid.column('Line'), places);
    await grid.head('Difference').click();
    assert.equal(await grid.sorting('Difference'), 'descending');
    assert.deepEqual(await grid.column('Line'), places);
    await view.close();
  });

  it('is as it was left when the reader comes back from another view', async () => {
    const { view, grid } = await compared();
    await grid.head('Line').click();
    await view.openView('Statistics');
    await view.openView('Compare');
    assert.equal(await grid.sorting('Line'), 'ascending');
    assert.equal((await calls(view, 'chooseOther')).length, 1);
    await view.close();
  });

  it('comes back with the same trace after a reload', async () => {
    const { view, grid } = await compared();
    await view.page.reload();
    await grid.lines.first().waitFor();
    const [asked] = await calls(view, 'compare');
    assert.deepEqual(asked?.params, { traceId: 'b'.repeat(32) });
    await view.close();
  });

  it('says that the other trace is not there, and asks again', async () => {
    const { view } = await open({ other: 'missing' });
    await view.page.getByRole('alert').waitFor();
    await view.page.getByText('Trace 4bf92f35 was not found.').waitFor();
    await view.screenshot('compare-missing');
    await view.button('Choose a Trace…').click();
    await view.frame();
    assert.equal((await calls(view, 'chooseOther')).length, 2);
    await view.close();
  });

  it('says that traces have nothing in common, and what makes one less certain', async () => {
    const { view } = await compared({ other: 'foreign' });
    assert.equal(await sentence(view), 'These traces have no call in common.');
    await view.page.getByText('Other trace: Only the first 1,000 spans were read.').waitFor();
    await view.screenshot('compare-foreign');
    await view.close();
  });

  it('says that both are the same trace', async () => {
    const { view } = await compared({ other: 'same' });
    assert.equal(await sentence(view), 'This is the same trace. Choose another one.');
    await view.close();
  });

  it('waits for a choice where it is reached by arrow keys', async () => {
    const view = new WaterfallView(await pages.open());
    await view.page.getByRole('tab', { name: 'Waterfall' }).press('End');
    await view.button('Choose a Trace…').waitFor();
    assert.equal((await calls(view, 'chooseOther')).length, 0);
    await view.screenshot('compare-empty');
    assert.deepEqual(await violations(view), []);
    await view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}`, async () => {
      const { view, grid } = await compared({ theme });
      await grid.element.focus();
      await view.frame();
      await view.screenshot(`compare-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing in a narrow panel in Korean', async () => {
    const view = new WaterfallView(await pages.open({ width: 400, height: 700, messages: korean }));
    await view.page.keyboard.press('6');
    const grid = new GridView(view.page, korean['Comparison']!);
    await grid.lines.first().waitFor();
    await view.frame();
    await view.screenshot('compare-narrow-korean');
    assert.deepEqual(await violations(view), []);
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
