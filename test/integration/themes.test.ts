import { useTheme } from '../support/editor/useTheme.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';

const themes = [
  ['Dark High Contrast', 'hc-black', 'vscode-high-contrast'],
  ['Light High Contrast', 'hc-light', 'vscode-high-contrast-light'],
  ['Light Modern', 'vs', 'vscode-light'],
] as const;

describe('lens, views and waterfall', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    await all.window.views.openContainer('Spanhop');
  });
  after(() => useTheme(all.window, 'Dark Modern', 'vs-dark'));

  for (const [theme, kind, pageClass] of themes)
    it(`are drawn in ${theme}`, async () => {
      const { window } = all;
      await useTheme(window, theme, kind);
      const line = shopLine(ordersController, "@Delete(':id')");
      await window.openFile(ordersController);
      await window.lenses.above(line);
      const traces = window.views.rows('Traces').filter({ hasText: 'spans' });
      await window.until('traces', async () => (await traces.count()) > 0);
      await window.screenshot(`views-${kind}`);
      const waterfall = await WaterfallPage.openSlowest(window, line);
      const page = waterfall.frame.locator('body');
      await window.until(`the page in ${theme}`, async () =>
        ((await page.getAttribute('class')) ?? '').split(' ').includes(pageClass),
      );
      await waterfall.select('OrdersController.remove');
      await window.screenshot(`waterfall-${kind}`);
      await window.closeEditors();
    });
});
