import fc from 'fast-check';
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { drawPicture } from '../../src/core/waterfall/picture/drawPicture.ts';
import { picturedTrace } from '../support/picturedTrace.ts';
import { makeSpan } from '../support/span.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { violations } from './violations.ts';
import { WaterfallPages } from './waterfallPage.ts';

const folder = new URL('../../out/screenshots/webview/', import.meta.url);

describe('waterfall page: pictures of the rows', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
    mkdirSync(folder, { recursive: true });
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));

  /** As the host asks for it. */
  const drawn = async (view: WaterfallView, format: 'svg' | 'png') =>
    Buffer.from(
      await view.page.evaluate(async (wanted) => {
        const { data } = await window.fakeHost.rpc.call('drawPicture', { format: wanted });
        return [...data];
      }, format),
    );
  /** What a parser of XML says of it: its root, texts and element names; the reason where it is no XML. */
  const parsed = async (view: WaterfallView, svg: string) =>
    view.page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
      const all = [...root.querySelectorAll('*')];
      return {
        root: root.tagName,
        error: root.querySelector('parsererror')?.textContent ?? '',
        texts: all.filter(({ tagName }) => tagName === 'text').map((one) => one.textContent),
        names: [...new Set(all.map(({ tagName }) => tagName))],
      };
    }, svg);

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`show the rows in the colors of ${themes[theme].name}`, async () => {
      const view = await open({ theme, asOpened: true });
      const svg = (await drawn(view, 'svg')).toString();
      const png = await drawn(view, 'png');
      writeFileSync(new URL(`picture-${theme}.png`, folder), png);
      const { error, texts } = await parsed(view, svg);
      assert.equal(error, '');
      for (const row of await view.lines()) assert.ok(texts.includes(row), row);
      const background = themes[theme].variables['--vscode-editor-background'];
      assert.ok(svg.includes(`height="${svg.match(/height="(\d+)"/)![1]!}" fill="${background}"`));
      assert.doesNotMatch(svg, /var\(|oklch|color-mix|color\(/);
      // A PNG twice as wide as the picture: its header says so.
      const width = Number(svg.match(/width="(\d+)"/)![1]);
      assert.deepEqual([png.subarray(1, 4).toString(), png.readUInt32BE(16)], ['PNG', 2 * width]);
      await view.close();
    });
  }

  it('show folds, filter and zoom as they are', async () => {
    const view = await open({ asOpened: true });
    await view.filter.fill('orderItem');
    await view.press('z');
    const { texts } = await parsed(view, (await drawn(view, 'svg')).toString());
    assert.ok(texts.includes('Filter: orderItem'), texts.join('\n'));
    assert.deepEqual(
      texts.filter((text) => text.includes('orderItem.delete')),
      (await view.lines()).filter((line) => line.includes('orderItem.delete')),
    );
    await view.close();
  });

  it('are saved and copied from the menu, which axe finds nothing wrong with', async () => {
    const view = await open({
      asOpened: true,
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    await view.button('Picture').click();
    assert.deepEqual(await violations(view), []);
    await view.screenshot('picture-menu');
    await view.page.getByRole('menuitem', { name: 'Save picture as SVG…' }).click();
    assert.deepEqual(await view.calls('savePicture'), [{ format: 'svg' }]);
    await view.button('Picture').click();
    await view.page.getByRole('menuitem', { name: 'Copy picture' }).click();
    await view.page
      .getByRole('status')
      .filter({ hasText: 'Copied.' })
      .waitFor({ state: 'attached' });
    const types = await view.page.evaluate(async () =>
      (await navigator.clipboard.read()).flatMap((item) => item.types),
    );
    assert.deepEqual(types, ['image/png']);
    await view.close();
  });

  it('are XML whatever the names are, with shapes and text only', async () => {
    const view = await open({ trace: { kind: 'hostile' } });
    const elements = ['title', 'defs', 'pattern', 'clipPath', 'g', 'rect', 'path', 'text'];
    const isPicture = async (svg: string) => {
      const { root, error, names } = await parsed(view, svg);
      assert.deepEqual([root, error], ['svg', '']);
      assert.deepEqual(
        names.filter((name) => !elements.includes(name)),
        [],
      );
    };
    await isPicture((await drawn(view, 'svg')).toString());
    // Any UTF-16 units, also those that are no characters, and what markup is made of.
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<!--', '&#0;', '\ufffe', '\udc00'),
    );
    const name = fc.array(unit, { maxLength: 40 }).map((units) => units.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 12 }), (spans) =>
        isPicture(
          drawPicture(
            picturedTrace(
              spans.map(([operation, service], at) =>
                makeSpan({
                  id: String(at),
                  ...(at > 0 && { parent: '0' }),
                  name: operation,
                  service,
                  duration: 100 - at,
                  status: at % 3 === 0 ? 'error' : 'unset',
                }),
              ),
              { view: () => ({ filter: spans[0]![0] }), places: [spans[0]![1]] },
            ),
          ),
        ),
      ),
      { numRuns: 60 },
    );
    assert.equal(await view.page.evaluate(() => 'hacked' in window), false);
    await view.close();
  });

  it('need nothing that the policy of the page forbids', () => {
    assert.deepEqual(pages.errors, []);
  });
});
