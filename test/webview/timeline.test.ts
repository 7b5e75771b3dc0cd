import assert from 'node:assert/strict';
import { makeSpan } from '../support/span.ts';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

const ms = 1_000;

/** Bars at both ends, in the middle and over the whole of a second. */
const spans = [
  makeSpan({ id: '00000000000000a1', name: 'whole', duration: 1_000 * ms }),
  makeSpan({
    id: '00000000000000a2',
    parent: '00000000000000a1',
    name: 'early',
    duration: 40 * ms,
  }),
  makeSpan({
    id: '00000000000000a3',
    parent: '00000000000000a1',
    name: 'middle',
    start: 400 * ms,
    duration: 200 * ms,
  }),
  makeSpan({
    id: '00000000000000a4',
    parent: '00000000000000a1',
    name: 'most',
    start: 60 * ms,
    duration: 920 * ms,
  }),
  makeSpan({
    id: '00000000000000a5',
    parent: '00000000000000a1',
    name: 'late',
    start: 960 * ms,
    duration: 40 * ms,
  }),
];

/** What is drawn of the time of each row, in px from the left of the row's timeline. */
interface Drawn {
  readonly name: string;
  readonly width: number;
  readonly bar: { readonly left: number; readonly right: number } | undefined;
  readonly label: { readonly left: number; readonly right: number } | undefined;
  readonly away: string;
}

const drawn = (view: WaterfallView): Promise<readonly Drawn[]> =>
  view.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.row:not([hidden])')].map((row) => {
      const timeline = row.querySelector('.row-timeline')?.getBoundingClientRect();
      const box = (selector: string) => {
        const element = row.querySelector<HTMLElement>(selector);
        if (!element || element.hidden || !timeline) return undefined;
        const { left, right } = element.getBoundingClientRect();
        return { left: left - timeline.left, right: right - timeline.left };
      };
      const away = row.querySelector<HTMLElement>('.bar-away');
      return {
        name: row.querySelector('.row-operation')?.textContent ?? '',
        width: timeline?.width ?? 0,
        bar: box('.bar'),
        label: box('.bar-label'),
        away: away && !away.hidden ? away.textContent : '',
      };
    }),
  );

describe('waterfall page: time', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (width: number) =>
    new WaterfallView(await pages.open({ trace: { kind: 'spans', spans }, width, height: 600 }));

  for (const width of [1_200, 720, 400]) {
    it(`the duration stands at its bar, on the timeline, in a page of ${width} px, zoomed or not`, async () => {
      const view = await open(width);
      await view.row('middle').click();
      for (const keys of [[], ['+'], ['+'], ['Shift+ArrowRight'], ['z'], ['0', 'Home', 'z']]) {
        await view.press(...keys);
        for (const { name, bar, label, width: timeline, away } of await drawn(view)) {
          const said = `${name}, after ${keys.join()}`;
          if (!bar || !label) {
            assert.match(away, /^← .+|.+ →$/, said);
            continue;
          }
          assert.equal(away, '', said);
          assert.ok(label.left >= -8 && label.right <= timeline + 8, `${said}: on the timeline`);
          const gap = Math.max(label.left - bar.right, bar.left - label.right);
          assert.ok(gap <= 8, `${said}: ${gap} px from its bar`);
        }
      }
      await view.screenshot(`time-${width}`);
      await view.close();
    });
  }

  it('a row whose bar is out of sight says on which side it is, and a click brings it', async () => {
    const view = await open(1_200);
    await view.row('middle').click();
    await view.press('z');
    const away = async (name: string) => (await drawn(view)).find((row) => row.name === name)?.away;
    assert.deepEqual(
      [await away('early'), await away('middle'), await away('most'), await away('late')],
      ['← 40 ms', '', '', '40 ms →'],
    );
    await view.screenshot('time-away');
    const { viewStart, viewEnd } = await view.savedState();
    await view.row('late').locator('.bar-away').click();
    await view.frame();
    assert.equal(await away('late'), '');
    assert.match((await view.focusedLabel()) ?? '', /^late/);
    const moved = await view.savedState();
    assert.ok(Math.abs(moved.viewEnd - moved.viewStart - (viewEnd - viewStart)) < 1, 'as wide');
    assert.deepEqual(await view.calls('openCode'), []);
    await view.close();
  });

  it('the rows fill the page whatever its size and however it is zoomed and scrolled', async () => {
    const view = new WaterfallView(
      await pages.open({ trace: { kind: 'large', size: 5_000 }, width: 900, height: 500 }),
    );
    const check = async (what: string) => {
      await view.frame();
      const holes = await view.page.evaluate(() => {
        const tree = document.querySelector('.tree');
        if (!tree) return ['no tree'];
        const { top, height, left } = tree.getBoundingClientRect();
        const lines = Array.from({ length: Math.floor(height / 12) - 1 }, (_, line) => line);
        return lines
          .map((line) => top + 6 + line * 12)
          .filter((y) => y < window.innerHeight - 2)
          .filter((y) => !document.elementFromPoint(left + 60, y)?.closest('.row'))
          .map((y) => `nothing at ${y}`);
      });
      assert.deepEqual(holes, [], what);
    };
    await check('at first');
    for (const size of [
      { width: 900, height: 1_000 },
      { width: 400, height: 800 },
      { width: 1_400, height: 400 },
      { width: 640, height: 1_300 },
    ]) {
      await view.page.setViewportSize(size);
      await check(`${size.width} × ${size.height}`);
      for (const share of [1, 0.5, 0]) {
        await view.tree.evaluate((tree, at) => {
          tree.scrollTop = tree.scrollHeight * at;
        }, share);
        await check(`${size.width} × ${size.height}, scrolled to ${share}`);
      }
    }
    await view.press('End', '+', '+', '+', '0');
    await check('zoomed in and out at the end');
    await view.press('c', '*');
    await check('folded and unfolded');
    await view.close();
  });

  it('a zoomed part is moved by its grip, and zoomed at the pointer by wheel', async () => {
    const view = await open(1_200);
    await view.row('early').click();
    await view.press('z');
    const range = async () => {
      const { viewStart, viewEnd } = await view.savedState();
      return { start: viewStart, length: viewEnd - viewStart };
    };
    const zoomed = await range();
    const grip = await view.page.locator('.minimap-grip').boundingBox();
    const map = await view.page.locator('.minimap').boundingBox();
    assert.ok(grip && map);
    const [x, y] = [grip.x + grip.width / 2, grip.y + 4];
    await view.page.mouse.move(x, y);
    await view.page.mouse.down();
    await view.page.mouse.move(x + map.width / 2, y, { steps: 4 });
    await view.page.mouse.up();
    await view.frame();
    const moved = await range();
    assert.ok(Math.abs(moved.length - zoomed.length) < 1);
    assert.ok(Math.abs(moved.start - zoomed.start - 500 * ms) < 5 * ms);
    assert.equal(await view.tree.evaluate((tree) => document.activeElement === tree), true);
    await view.page.mouse.move(map.x + map.width * 0.75, map.y + map.height / 2);
    await view.press('0');
    await view.page.mouse.wheel(0, -400);
    await view.frame();
    const { start, length } = await range();
    assert.ok(length < 900 * ms && start > (1_000 * ms - length) * 0.7);
    await view.close();
  });

  it('Ctrl and the wheel zoom at the pointer, which stays over the same time', async () => {
    const view = await open(1_200);
    const timeline = await view.rows.first().locator('.row-timeline').boundingBox();
    assert.ok(timeline);
    await view.page.mouse.move(timeline.x + timeline.width * 0.25, timeline.y + 5);
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, -100);
    await view.page.keyboard.up('Control');
    await view.frame();
    const { viewStart, viewEnd } = await view.savedState();
    assert.ok(viewEnd - viewStart < 900 * ms);
    assert.ok(Math.abs(viewStart + (viewEnd - viewStart) * 0.25 - 250 * ms) < 3 * ms);
    await view.close();
  });

  it('a trackpad zooms and pinches on the minimap by as much as its fingers move', async () => {
    const view = await open(1_200);
    const map = (await view.page.locator('.minimap').boundingBox())!;
    const whole = 1_000 * ms;
    const length = async () => {
      const { viewStart, viewEnd } = await view.savedState();
      return viewEnd - viewStart;
    };
    await view.page.mouse.move(map.x + map.width / 2, map.y + 10);
    for (let turn = 0; turn < 5; turn++) await view.page.mouse.wheel(0, -2);
    await view.frame();
    const little = await length();
    assert.ok(little < whole && little > whole * 0.8, `${String(little)} of ${String(whole)}`);
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, -50);
    await view.page.keyboard.up('Control');
    await view.frame();
    assert.ok((await length()) < little * 0.8);
    await view.close();
  });

  it('a part chosen on the minimap scrolls to what begins in it', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      makeSpan({
        id: (index + 16).toString(16).padStart(16, '0'),
        parent: '00000000000000a1',
        name: `step ${String(index)}`,
        start: index * 5 * ms,
        duration: 4 * ms,
      }),
    );
    const view = new WaterfallView(
      await pages.open({ trace: { kind: 'spans', spans: [spans[0]!, ...many] } }),
    );
    const map = await view.page.locator('.minimap').boundingBox();
    assert.ok(map);
    await view.page.mouse.move(map.x + map.width * 0.7, map.y + 20);
    await view.page.mouse.down();
    await view.page.mouse.move(map.x + map.width * 0.8, map.y + 20, { steps: 3 });
    await view.page.mouse.up();
    await view.frame();
    assert.equal(await view.row('step 150').isVisible(), true);
    await view.close();
  });

  it('clocks that differ are said with the way to times by one clock, and back', async () => {
    const skewed = [
      makeSpan({ id: '00000000000000a1', name: 'GET', kind: 'client', duration: 100 * ms }),
      makeSpan({
        id: '00000000000000a2',
        parent: '00000000000000a1',
        name: 'GET /prices',
        service: 'pricing-api',
        kind: 'server',
        start: -350 * ms,
        duration: 40 * ms,
      }),
    ];
    const view = new WaterfallView(
      await pages.open({ trace: { kind: 'spans', spans: skewed }, width: 1_200, height: 600 }),
    );
    const notice = view.page.locator('.notice-clocks');
    assert.match(
      (await notice.textContent()) ?? '',
      /pricing-api 380 ms later, in calls of shop-api/,
    );
    const left = async (name: string) =>
      (await view.row(name).locator('.bar').boundingBox())?.x ?? 0;
    assert.ok(
      (await left('GET /prices')) < (await view.rows.first().locator('.bar').boundingBox())!.x,
    );
    await view.button('Adjust clocks').click();
    await view.frame();
    assert.ok(
      (await left('GET /prices')) > (await view.rows.first().locator('.bar').boundingBox())!.x,
    );
    await view.screenshot('clocks-adjusted');
    await view.button('Show as recorded').click();
    await view.button('Adjust clocks').waitFor();
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
