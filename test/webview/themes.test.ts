import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceColorCount } from '../../src/core/waterfall/serviceColors.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

const folder = new URL('../../media/waterfall/', import.meta.url).pathname;
const style = globSync('**/*.css', { cwd: folder })
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

describe('waterfall page: themes and access', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}, with matches, details and an error on screen`, async () => {
      const view = await open({ theme, notices: ['Jaeger stopped at 20,000 spans.'] });
      await view.rows.filter({ hasText: '×214' }).first().click();
      await view.details.getByText('Other candidates').waitFor();
      await view.screenshot(theme);
      assert.deepEqual(await violations(view), []);
      await view.filter.fill('error');
      await view.filter.press('Enter');
      await view.filter.press('Enter');
      await view.details.locator('.stack', { hasText: 'LockTimeoutError' }).waitFor();
      await view.screenshot(`${theme}-error`);
      assert.deepEqual(await violations(view), []);
      await view.press('Home');
      assert.deepEqual(await violations(view), []);
      await view.close();
    });
  }

  it('axe finds nothing while the trace is awaited, when it failed, and in a narrow panel', async () => {
    for (const trace of [{ kind: 'silent' }, { kind: 'failing', reason: 'No.' }] as const) {
      const view = await open({ trace });
      assert.deepEqual(await violations(view), []);
      await view.close();
    }
    const view = await open({ width: 400, height: 700 });
    await view.row('OrdersCon').click();
    await view.details.getByText('The span carries').waitFor();
    await view.screenshot('narrow');
    assert.deepEqual(await violations(view), []);
    assert.equal(
      await view.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      true,
    );
    await view.close();
  });

  it('every service color stands out from the background of every theme', async () => {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      const view = await open({ theme });
      const weak = await view.page.evaluate((count) => {
        const channel = (value: number) =>
          value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        const canvas = document.createElement('canvas').getContext('2d');
        const luminance = (color: string) => {
          if (!canvas) return 0;
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
          return (
            0.2126 * channel(red / 255) +
            0.7152 * channel(green / 255) +
            0.0722 * channel(blue / 255)
          );
        };
        const back = luminance(getComputedStyle(document.body).backgroundColor);
        const probe = document.body.appendChild(document.createElement('div'));
        return Array.from({ length: count }, (_, index) => {
          probe.className = `swatch service-${index}`;
          const front = luminance(getComputedStyle(probe).backgroundColor);
          const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
          return `${index}: ${contrast.toFixed(1)}`;
        }).filter((line) => Number(line.split(' ')[1]) < 3);
      }, serviceColorCount);
      assert.deepEqual(weak, [], themes[theme].name);
      await view.close();
    }
  });

  it('the style sheet names only variables that a theme of the editor has', () => {
    const known = new Set<string>(
      Object.values(themes).flatMap(({ variables }) => Object.keys(variables)),
    );
    const optional = [
      '--vscode-contrastActiveBorder',
      '--vscode-list-hoverForeground',
      '--vscode-list-inactiveSelectionForeground',
      '--vscode-toolbar-hoverOutline',
    ];
    const used = new Set(style.match(/--vscode-[A-Za-z-]+/g));
    assert.ok(used.size > 30);
    assert.deepEqual(
      [...used].filter((name) => !known.has(name) && !optional.includes(name)),
      [],
    );
  });

  it('colors of the system take over when they are forced, and bars keep their outline', async () => {
    const view = await open({ context: { forcedColors: 'active' } });
    await view.row('OrdersController').click();
    await view.frame();
    assert.equal(
      await view.page.evaluate(() => window.matchMedia('(forced-colors: active)').matches),
      true,
    );
    const border = await view.rows
      .first()
      .locator('.bar')
      .evaluate((bar) => getComputedStyle(bar).borderTopWidth);
    assert.equal(border, '1px');
    const outline = await view.selected.evaluate((row) => getComputedStyle(row).outlineWidth);
    assert.equal(outline, '2px');
    await view.screenshot('forced-colors');
    const edges = await view.page
      .getByRole('tab')
      .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor));
    assert.equal(edges.filter((edge) => edge === edges[0]).length, 1, 'one tab is marked');
    const pressed = view.page.getByRole('button', { name: 'Details', exact: true });
    const ground = () => pressed.evaluate((button) => getComputedStyle(button).backgroundColor);
    const marked = await ground();
    await pressed.click();
    assert.notEqual(await ground(), marked, 'a pressed button is marked');
    await view.openView('Statistics');
    const bars = (selector: string) =>
      view.page
        .locator(selector)
        .first()
        .evaluate((bar) =>
          [bar, document.body].map((one) => getComputedStyle(one).backgroundColor),
        );
    const [share, page] = await bars('.grid-share');
    assert.notEqual(share, page, 'shares are seen');
    await view.openView('Compare');
    const [slower, faster] = [
      await bars('.difference-key.slower'),
      await bars('.difference-key.faster'),
    ];
    assert.equal(new Set([slower[0], faster[0], page]).size, 3, 'slower and faster are told apart');
    await view.openView('Flame graph');
    const box = view.page.locator('.flame-box').first();
    assert.equal(await box.evaluate((one) => getComputedStyle(one).borderTopWidth), '1px');
    const ownMarks = await view.page.locator('.flame-box:not(.narrow)').evaluateAll((boxes) =>
      boxes.map((one) => {
        const { backgroundImage, backgroundSize } = getComputedStyle(one);
        return backgroundImage === 'none' ? '' : backgroundSize.split(' ')[0];
      }),
    );
    assert.ok(new Set(ownMarks).size > 3, 'own time is as wide as it is');
    assert.ok(!ownMarks.includes(''), 'own time is told from that of calls');
    await view.screenshot('forced-colors-flame');
    await view.close();
  });

  it('what has the keyboard is told from what is selected where colors are forced, and failed calls can be read', async () => {
    const view = await open({ context: { forcedColors: 'active' } });
    const { page } = view;
    const outline = (selector: string, part?: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one, pseudo) => getComputedStyle(one, pseudo).outline, part);
    await view.row('OrdersController').click();
    const panes = [
      ['Waterfall', '[role=tree]', '.row.selected', undefined],
      ['Span list', '.data-grid', '.grid-row.active', '::after'],
      ['Flame graph', '.flame', '.flame-box.focused', undefined],
    ] as const;
    for (const [name, pane, selected, part] of panes) {
      await view.openView(name);
      await page.locator(pane).first().focus();
      const focused = await outline(selected, part);
      await view.filter.focus();
      const left = await outline(selected, part);
      assert.notEqual(left, focused, name);
      assert.notEqual(await outline('.page'), left, `${name}: what is selected is seen`);
    }
    await view.openView('Waterfall');
    const edge = page.getByRole('separator', { name: 'Details size' });
    await edge.focus();
    await page.keyboard.press('Shift');
    const system = (color: string) =>
      page.evaluate((name) => {
        document.body.style.setProperty('outline-color', name);
        return getComputedStyle(document.body).outlineColor;
      }, color);
    const line = await edge.evaluate((one) => getComputedStyle(one, '::after').backgroundColor);
    assert.equal(line, await system('Highlight'));
    await view.openView('Services');
    const label = page.locator('.graph-label.error').first();
    const fill = await label.evaluate((one) => getComputedStyle(one).fill);
    assert.equal(fill, await system('CanvasText'));
    await view.close();
  });

  it('nothing moves for a reader who asked for reduced motion', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
      const view = await open({ trace: { kind: 'silent' }, context: { reducedMotion } });
      const count = await view.page.evaluate(() => document.getAnimations().length);
      await view.close();
      return count;
    };
    assert.ok((await moving('no-preference')) > 0);
    assert.equal(await moving('reduce'), 0);
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
