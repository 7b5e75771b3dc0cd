import axe from 'axe-core';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { DurationsPages, type OpenDurations } from './durationsPage.ts';
import { themes, type ThemeName } from './themes.ts';

/** Most requests are fast, some fail, few are slow: 12 to 900 ms. */
const traces = Array.from({ length: 60 }, (_, at) => {
  const slow = at % 10 === 0 ? 700_000 : 0;
  return [12_000 + ((at * 7_919) % 60) * 1_500 + slow, at % 9 === 0] as const;
});

describe('the Durations view', function () {
  this.timeout(60_000);
  let pages: DurationsPages;
  before(async () => {
    pages = await DurationsPages.start();
  });
  after(() => pages.close());
  const open = (options: OpenDurations = {}) => pages.open({ traces, ...options });
  const close = (page: Page) => page.context().close();

  const bars = (page: Page) => page.locator('.bar');
  const chosen = (page: Page) => page.evaluate(() => window.chosenRanges);
  const summary = (page: Page) => page.locator('.summary-text').innerText();
  const centerOf = async (page: Page, index: number) => {
    const box = await bars(page).nth(index).boundingBox();
    return [box!.x + box!.width / 2, box!.y + box!.height / 2] as const;
  };
  const pressed = async (page: Page) =>
    bars(page).evaluateAll((all) =>
      all.flatMap((bar, index) => (bar.getAttribute('aria-pressed') === 'true' ? [index] : [])),
    );
  const waitForPressed = (page: Page, ...wanted: number[]) =>
    page.waitForFunction((indices) => {
      const all = [...document.querySelectorAll('.bar')];
      const found = all.flatMap((bar, at) => (bar.ariaPressed === 'true' ? [at] : []));
      return JSON.stringify(found) === JSON.stringify(indices);
    }, wanted);
  const screenshot = (page: Page, name: string) =>
    page.screenshot({
      path: new URL(`../../out/screenshots/webview/durations-${name}.png`, import.meta.url)
        .pathname,
    });
  const violations = async (page: Page) => {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof axe };
      const found = await checker.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      });
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
      );
    });
  };

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`says what each bar counts, without a violation of axe's rules in ${themes[theme].name}`, async () => {
      const page = await open({ theme });
      const labels = await bars(page).evaluateAll((all) => all.map((bar) => bar.ariaLabel ?? ''));
      assert.ok(
        labels.some((label) => /^\d+ traces of 20 ms to 30 ms, 1 with errors$/.test(label)),
        labels.join('\n'),
      );
      assert.equal(
        labels.reduce((sum, label) => sum + Number(/^\d+/.exec(label)?.[0]), 0),
        traces.length,
      );
      assert.equal(await summary(page), '60 traces');
      await bars(page).nth(3).click();
      await waitForPressed(page, 3);
      await screenshot(page, theme);
      assert.deepEqual(await violations(page), []);
      await close(page);
    });
  }

  it('lists the durations that a drag over bars ends with, and all of them after Escape', async () => {
    const page = await open();
    const [from, to] = [await centerOf(page, 4), await centerOf(page, 1)];
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...(await centerOf(page, 2)));
    await page.mouse.move(...to);
    await waitForPressed(page, 1, 2, 3, 4);
    assert.deepEqual(await chosen(page), [], 'nothing before the pointer is up');
    await page.mouse.up();
    await waitForPressed(page, 1, 2, 3, 4);
    assert.deepEqual(await chosen(page), [{ from: 15_000, to: 70_000 }]);
    assert.match(await summary(page), /^15 ms to 70 ms · \d+ of 60 traces$/);
    assert.equal(await bars(page).count(), 12, 'all durations are still drawn');
    await page.keyboard.press('Escape');
    await waitForPressed(page);
    assert.equal((await chosen(page)).at(-1), undefined);
    await close(page);
  });

  it('is used by keys: arrows move, Shift chooses on the way, Enter chooses one and again any', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await waitForPressed(page, 1, 2);
    await page.keyboard.press('Shift+ArrowRight');
    await waitForPressed(page, 1, 2, 3);
    await page.keyboard.press('Shift+ArrowLeft');
    await waitForPressed(page, 1, 2);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await waitForPressed(page, 0);
    await page.keyboard.press('Enter');
    await waitForPressed(page);
    await page.keyboard.press('End');
    await page.keyboard.press(' ');
    await waitForPressed(page, 11);
    await page.getByRole('button', { name: 'Clear' }).click();
    await waitForPressed(page);
    await close(page);
  });

  it('chooses from where Shift was pressed though keys come faster than the list follows', async () => {
    const page = await open({ delayMs: 300 });
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight');
    await waitForPressed(page, 1, 2, 3, 4);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await waitForPressed(page, 4, 5);
    await close(page);
  });

  it('chooses from another bar once what was chosen is cleared', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+ArrowRight');
    await waitForPressed(page, 0, 1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await waitForPressed(page);
    await bars(page).nth(1).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await waitForPressed(page, 1, 2);
    await close(page);
  });

  it('keeps what is chosen, and the focus, when more traces are found', async () => {
    const page = await open();
    await bars(page).nth(2).click();
    await waitForPressed(page, 2);
    await page.evaluate(() => window.findMore(20_001));
    await page.waitForFunction(() =>
      document.querySelector('.summary-text')?.textContent.includes('61 traces'),
    );
    assert.deepEqual(await pressed(page), [2]);
    assert.equal(
      await bars(page)
        .nth(2)
        .evaluate((bar) => document.activeElement === bar),
      true,
    );
    await close(page);
  });

  it('says of which traces it tells where the source has more, and that there are none', async () => {
    const page = await open({ hasMore: true });
    assert.equal(await summary(page), 'latest 60 traces');
    await close(page);
    const empty = await open({ traces: [] });
    assert.equal(await empty.locator('.summary').innerText(), 'No traces in the time range.');
    await close(empty);
  });

  it('fits a narrow side bar, 200 % zoom, forced colors and Korean', async () => {
    const bundle = new URL('../../l10n/bundle.l10n.ko.json', import.meta.url);
    const messages = JSON.parse(readFileSync(bundle, 'utf8')) as Record<string, string>;
    const looks: [string, OpenDurations][] = [
      ['narrow', { width: 170 }],
      ['zoomed', { width: 170, height: 120, context: { deviceScaleFactor: 2 } }],
      ['forced', { context: { forcedColors: 'active' } }],
      ['korean', { messages }],
    ];
    for (const [name, options] of looks) {
      const page = await open(options);
      await bars(page).nth(1).click();
      await waitForPressed(page, 1);
      await screenshot(page, name);
      const { scrollWidth, innerWidth } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        innerWidth: window.innerWidth,
      }));
      assert.ok(scrollWidth <= innerWidth, `${name} scrolls sideways`);
      const boxes = await page
        .locator('.tick')
        .evaluateAll((all) =>
          all
            .map((tick) => tick.getBoundingClientRect())
            .map(({ left, right }) => ({ left, right })),
        );
      for (const [at, { left }] of boxes.entries())
        if (at > 0) assert.ok(left >= boxes[at - 1]!.right, `${name}: times meet`);
      if (name === 'korean')
        assert.match(await summary(page), /^15 ms ~ 20 ms · 트레이스 60개 중 4개$/);
      await close(page);
    }
  });

  it('needs nothing that the policy of the page forbids', () => {
    assert.deepEqual(pages.errors, []);
  });
});
