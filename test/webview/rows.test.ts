import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { makeSpan } from '../support/span.ts';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: rows', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));

  it('100,000 spans are drawn with a bounded number of elements, wherever they are scrolled to', async () => {
    const view = await open({ trace: { kind: 'large', size: 100_000 } });
    assert.ok((await view.nodeCount()) < 2_500, 'elements at the top');
    for (const share of [0.3, 0.77, 1]) {
      await view.tree.evaluate((tree, at) => {
        tree.scrollTop = tree.scrollHeight * at;
      }, share);
      await view.frame();
      assert.ok((await view.rows.count()) > 15, 'lines on screen');
    }
    assert.ok((await view.nodeCount()) < 2_500, 'elements after scrolling');
    assert.equal((await view.rows.last().getAttribute('aria-level')) !== null, true);
    await view.screenshot('large');
    await view.close();
  });

  it('a chain of 70,000 spans opens, and its last span keeps its name on screen', async () => {
    const view = await open({ trace: { kind: 'deep', size: 70_000 } });
    await view.press('End');
    assert.match((await view.focusedLabel()) ?? '', /^level 69999, /);
    assert.equal(await view.selected.getAttribute('aria-level'), '70000');
    const name = await view.selected.locator('.row-operation').boundingBox();
    const column = await view.page.locator('.column-head').boundingBox();
    assert.ok(name && column && name.x + 40 < column.width, 'the name starts inside its column');
    await view.screenshot('deep');
    await view.close();
  });

  it('more rows than the browser draws at once scroll to the pixel, and both ends are reached', async () => {
    const size = 400_000;
    const view = await open({ trace: { kind: 'large', size } });
    const { height } = (await view.page.locator('.tree-content').boundingBox()) ?? { height: 0 };
    assert.ok(height <= 8_000_000);
    await view.press('End');
    assert.equal(await view.selected.isVisible(), true);
    const last = await view.selected.getAttribute('data-row');
    assert.equal(last, String(size - 1));
    await view.tree.evaluate((tree) => {
      tree.scrollTop = tree.scrollHeight * 0.4;
    });
    await view.frame();
    const tops = () =>
      view.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.row:not([hidden], .selected)')].map(
          (row) => [row.dataset['row'] ?? '', row.getBoundingClientRect().top] as const,
        ),
      );
    const before = new Map(await tops());
    await view.tree.evaluate((tree) => {
      tree.scrollTop += 50;
    });
    await view.frame();
    const moved = (await tops()).filter(([row]) => before.has(row));
    assert.ok(moved.length > 10);
    for (const [row, top] of moved) assert.equal((before.get(row) ?? 0) - top, 50, `row ${row}`);
    await view.press('Home');
    assert.equal(await view.selected.getAttribute('data-row'), '0');
    assert.equal(await view.selected.isVisible(), true);
    await view.close();
  });

  it('what marks a row is written, drawn and spoken', async () => {
    const view = await open();
    const failing = view.row('POST');
    await view.press('End');
    await view.tree.evaluate((tree) => {
      tree.scrollTop = 0;
    });
    await view.frame();
    assert.match(
      await spoken(view.row('DELETE /api')),
      /^DELETE \/api\/orders\/:id, shop-api, 2.45 s, starts at 0 µs, [\d.]+ ms on the critical path, very likely this line$/,
    );
    const item = view.rows.filter({ hasText: '×214' }).first();
    assert.match(
      await spoken(item),
      /one of 214 calls from this line in this request, 321 ms on the critical path together/,
    );
    assert.ok(await item.locator('.badge.costly').isVisible(), '321 ms of 2.45 s stand out');
    await view.filter.fill('error');
    await view.filter.press('Enter');
    await view.frame();
    assert.match(await spoken(failing), /, error, .*match/);
    assert.equal(await failing.locator('.icon-error').isVisible(), true);
    await view.close();
  });

  it('the selected row stays in the page, with its place in the tree, when it is scrolled away', async () => {
    const view = await open();
    await view.press('Home', 'ArrowDown', 'ArrowDown');
    const label = await view.focusedLabel();
    await view.tree.evaluate((tree) => {
      tree.scrollTop = 9_000;
    });
    await view.frame();
    assert.equal(await view.focusedLabel(), label);
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    const row = view.selected;
    assert.deepEqual(
      [
        await row.getAttribute('aria-level'),
        await row.getAttribute('aria-posinset'),
        await row.getAttribute('aria-setsize'),
      ],
      ['2', '2', '5'],
    );
    await view.press('ArrowDown');
    assert.equal(await view.selected.isVisible(), true);
    await view.close();
  });

  it('hostile text is shown as text: no markup, no hidden characters, no long lines', async () => {
    const view = await open({ trace: { kind: 'hostile' } });
    assert.deepEqual(
      (await view.lines()).map((line) => line.slice(0, 40)),
      [
        '<img src=x onerror="window.hacked=1"><sc',
        'admin[U+202E]txt.exe[U+2066][U+200B]',
        'n'.repeat(40),
        '(no name)',
      ],
    );
    assert.ok((await view.lines()).every((line) => line.length <= 320));
    await view.rows.first().click();
    await view.details.getByRole('button', { name: 'Show all (1,000,000 characters)' }).waitFor();
    await view.details.getByText('a␀b␛[31mred␇').waitFor();
    assert.ok(((await view.details.textContent()) ?? '').length < 10_000);
    await view.details.getByRole('button', { name: 'Copy huge', exact: true }).click();
    await view.frame();
    const [copied] = (await view.calls('copy')) as { text: string }[];
    assert.equal(copied?.text.length, 1_000_000);
    assert.equal(await view.page.evaluate(() => 'hacked' in window), false);
    assert.equal(await view.page.locator('main img, main script, main b').count(), 0);
    await view.screenshot('hostile');
    await view.close();
  });

  it('a tooltip says exact times, and scrolling takes it away', async () => {
    const view = await open();
    await view.rows.nth(1).hover();
    const tooltip = view.page.getByRole('tooltip');
    await tooltip.waitFor();
    assert.match(
      (await tooltip.textContent()) ?? '',
      /middleware - query.*Duration150 µs.*Starts at300 µs/,
    );
    await view.page.mouse.wheel(0, 300);
    await tooltip.waitFor({ state: 'hidden' });

    const query = view.rows.filter({ hasText: /\d\.\d\d ms$/ }).first();
    await query.scrollIntoViewIfNeeded();
    await view.frame();
    await query.hover();
    await tooltip.waitFor();
    const [, exact = ''] = /Duration([\d.]+) ms/.exec((await tooltip.textContent()) ?? '') ?? [];
    assert.match(exact, /^\d\.\d{3}$/);
    assert.ok(((await query.textContent()) ?? '').endsWith(`${Number(exact).toPrecision(3)} ms`));
    await view.close();
  });

  it('names get more of a panel that becomes narrow, until their width is chosen', async () => {
    const view = await open();
    const share = async () => {
      const names = await view.rows.first().locator('.row-name').boundingBox();
      const row = await view.rows.first().boundingBox();
      return (names?.width ?? 0) / (row?.width ?? 1);
    };
    const wide = await share();
    await view.page.setViewportSize({ width: 560, height: 760 });
    await view.frame();
    const narrow = await share();
    assert.ok(narrow > wide + 0.08, `${narrow} of a narrow panel, ${wide} of a wide one`);
    await view.page.getByRole('separator', { name: 'Name column width' }).focus();
    await view.page.keyboard.press('ArrowLeft');
    await view.frame();
    const chosen = await share();
    assert.ok(chosen < narrow);
    await view.page.setViewportSize({ width: 520, height: 760 });
    await view.frame();
    assert.ok(Math.abs((await share()) - chosen) < 0.02);
    await view.close();
  });

  it('no two times of the axis overlap, however wide it is', async () => {
    const spans = [makeSpan({ id: '00000000000000a1', name: 'report', duration: 120_000_000 })];
    const view = await open({ trace: { kind: 'spans', spans } });
    for (let width = 600; width <= 1_400; width += 40) {
      await view.page.setViewportSize({ width, height: 760 });
      await view.frame();
      const boxes = await Promise.all(
        (await view.page.locator('.tick').all()).map((tick) => tick.boundingBox()),
      );
      const ends = boxes.map((box) => (box?.x ?? 0) + (box?.width ?? 0));
      assert.ok(
        boxes.every((box, index) => index === 0 || (box?.x ?? 0) >= (ends[index - 1] ?? 0)),
        `${width} px wide`,
      );
    }
    await view.close();
  });

  it('a page at 200 % has the details beside the rows; one of 400 px names two times and cuts no hint', async () => {
    const view = await open({ width: 640, height: 400 });
    await view.row('JwtGuard').click();
    await view.details.getByText('JwtGuard.canActivate').waitFor();
    const [rows, details] = [await view.tree.boundingBox(), await view.details.boundingBox()];
    assert.ok(rows && details && details.x >= rows.x + rows.width && details.height >= 150);
    await view.screenshot('zoom-200');
    await view.page.setViewportSize({ width: 400, height: 800 });
    await view.frame();
    assert.ok((await view.texts('.tick')).length >= 2);
    const isCut = await view.filter.evaluate((field) => {
      if (!(field instanceof HTMLInputElement)) return true;
      const canvas = document.createElement('canvas').getContext('2d');
      if (!canvas) return true;
      canvas.font = getComputedStyle(field).font;
      return canvas.measureText(field.placeholder).width > field.clientWidth;
    });
    assert.equal(isCut, false);
    await view.screenshot('narrow-400');
    await view.close();
  });

  it('a panel that is too low for all of it scrolls to its rows', async () => {
    const view = await open();
    for (const size of [
      { width: 900, height: 220 },
      { width: 220, height: 220 },
    ]) {
      await view.page.setViewportSize(size);
      await view.frame();
      const { height } = (await view.tree.boundingBox()) ?? { height: 0 };
      assert.ok(height >= 120 && height <= size.height, `${height} px of rows`);
      await view.tree.scrollIntoViewIfNeeded();
      await view.press('Home', 'ArrowDown');
      await view.selected.waitFor();
      const wide = await view.page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(wide, size.width);
    }
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});

const spoken = async (row: Locator): Promise<string> =>
  (await row.locator('.spoken').textContent()) ?? '';
