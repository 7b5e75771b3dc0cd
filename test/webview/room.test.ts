import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { MessageBundle } from '../../src/core/base/message.ts';
import { makeSpan } from '../support/span.ts';
import { trickyTraces } from '../support/trickyTraces.ts';
import { unreadable } from './overflow.ts';
import { WaterfallView } from './pageObject.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

const korean = JSON.parse(
  readFileSync(new URL('../../l10n/bundle.l10n.ko.json', import.meta.url), 'utf8'),
) as MessageBundle;
/** As the page is at 200 % zoom, and beside code. */
const doubled = { width: 600, height: 380, context: { deviceScaleFactor: 2 } };
const narrow = { width: 400, height: 700 };

describe('waterfall page: little room', function () {
  this.timeout(120_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...[options]: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open({ asOpened: true, ...options }));
  /** Goes through the views and what opens over them; `check` is asked of the latter, too. */
  async function assertReadable(
    view: WaterfallView,
    check: (view: WaterfallView) => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<void> {
    const assertNow = async (what: string) => {
      await view.screenshot(`room-${String(view.page.viewportSize()?.width)}-${what}`);
      assert.deepEqual(await unreadable(view), [], what);
    };
    await assertNow('rows');
    await view.page.locator('.toolbar .menu-button').first().click();
    await assertNow('menu');
    assert.deepEqual(await check(view), []);
    await view.page.keyboard.press('Escape');
    await view.page.keyboard.press('?');
    await assertNow('keys');
    assert.deepEqual(await check(view), []);
    await view.page.keyboard.press('Escape');
    const field = view.page.getByRole('combobox');
    await field.focus();
    await assertNow('help');
    await field.pressSequentially('ser');
    await view.options.first().waitFor();
    await view.page.keyboard.press('ArrowDown');
    await assertNow('suggestions');
    assert.deepEqual(await check(view), []);
    await field.fill('');
    for (const tab of await view.page.getByRole('tab').all()) {
      await tab.click();
      await assertNow((await tab.getAttribute('id')) ?? '');
    }
  }
  const share = (view: WaterfallView) =>
    view.tree.evaluate((tree) => {
      const { top, bottom } = tree.getBoundingClientRect();
      return (Math.min(bottom, window.innerHeight) - Math.max(0, top)) / window.innerHeight;
    });

  it('at 200 % zoom all can be read and reached, rows have half of the height, and axe finds nothing', async () => {
    const view = await open(doubled);
    assert.ok((await share(view)) >= 0.5);
    await assertReadable(view, violations);
    await view.close();
  });

  it('at 200 % zoom rows have half of the height below notices too, once the page is scrolled', async () => {
    const trace = { kind: 'spans', spans: trickyTraces.clockSkew } as const;
    const view = await open({ ...doubled, trace, notices: ['Jaeger stopped at 20,000 spans.'] });
    await view.tree.evaluate((tree) => tree.scrollIntoView({ block: 'end' }));
    assert.ok((await share(view)) >= 0.5);
    await view.close();
  });

  it('at 400 px all can be read and reached, in Korean', async () => {
    const view = await open({ ...narrow, messages: korean });
    await assertReadable(view);
    await view.close();
  });

  it('at 400 px names of 1,000 characters, from right to left and hostile ones leave all in its place', async () => {
    const trace = { kind: 'spans', spans: trickyTraces.strangeNames } as const;
    const view = await open({ ...narrow, trace });
    await view.row('nnnn').click();
    await view.details.getByRole('heading', { name: /^n{20}/ }).waitFor();
    const service = view.details.locator('dd').first();
    assert.ok((await service.boundingBox())!.height < 100);
    for (const button of await view.page.locator('.menu-button').all()) {
      await button.click();
      const box = (await view.page.getByRole('menu').boundingBox())!;
      assert.ok(box.y >= 0 && box.y + box.height <= narrow.height, 'a menu lies in the window');
      assert.ok(box.x >= 0 && box.x + box.width <= narrow.width);
      await view.page.keyboard.press('Escape');
    }
    await assertReadable(view);
    await view.close();
  });

  it('services of 1,000 characters, without a name and for hours can be read in every view', async () => {
    const hour = 3_600_000_000;
    const named = (id: string, name: string, service: string) => ({ id, name, service });
    const spans = [
      makeSpan({ ...named('a1', 'GET /orders', 's'.repeat(1_000)), duration: 24 * hour - 1 }),
      makeSpan({
        ...named('a2', '  ', ' '),
        parent: 'a1',
        start: 60_000_000,
        duration: 12 * hour + 59 * 60_000_000,
      }),
    ];
    for (const width of [400, 1_200]) {
      const view = await open({ width, height: 700, trace: { kind: 'spans', spans } });
      await assertReadable(view);
      await view.openView('Waterfall');
      await view.filter.fill('service=');
      await view.options.first().waitFor();
      assert.deepEqual(await unreadable(view), [], 'values');
      await view.filter.fill('');
      for (const name of ['Statistics', 'Span list', 'Services']) {
        await view.openView(name);
        await view.page.locator('.grid-row', { hasText: '(no service)' }).first().waitFor();
        const cut = await view.page
          .locator('.grid-number .grid-text')
          .evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth));
        assert.equal(cut.length, 0, `${name}: a number is cut`);
      }
      await view.openView('Flame graph');
      const facts = view.page.locator('.flame-info > :not(.spoken)');
      await facts.last().waitFor();
      const ends = await facts.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
      assert.ok(
        ends.every(({ right }) => right <= width),
        'the facts of a box lie in the page',
      );
      await view.openView('Waterfall');
      await view.row('(no name)').waitFor();
      await view.button('(no service)').click();
      await view.frame();
      assert.match((await view.texts('.filter-count')).join(''), /^1/);
      await view.close();
    }
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
