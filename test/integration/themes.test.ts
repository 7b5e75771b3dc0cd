import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';
import { shopFolder } from '../support/shop.ts';

const themes = [
  ['hc-black', 'Default High Contrast', 'vscode-high-contrast'],
  ['hc-light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
  ['light', 'Default Light Modern', 'vscode-light'],
] as const;

describe('lens, views and waterfall', () => {
  const opened = openedHere();
  let all: Stage;
  let settingsFile = '';
  let settings = '';
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    settingsFile = join(all.server.dataFolder, 'data/User/settings.json');
    settings = await readFile(settingsFile, 'utf8');
  });
  after(() => writeFile(settingsFile, settings));

  for (const [name, theme, pageClass] of themes)
    it(`are drawn in ${theme}`, async () => {
      const chosen = { ...(JSON.parse(settings) as object), 'workbench.colorTheme': theme };
      await writeFile(settingsFile, JSON.stringify(chosen));
      const window = await opened.window(all.server, all.browser, shopFolder);
      await window.openContainer('Spanhop');
      const line = shopLine(ordersController, "@Delete(':id')");
      await window.openFile(ordersController);
      await window.lenses.above(line);
      const traces = window.viewRows('Traces').filter({ hasText: 'spans' });
      await window.until('traces', async () => (await traces.count()) > 0);
      await window.screenshot(`views-${name}`);
      await window.lenses.click(line, 'p95');
      await window.quickPickEntries();
      await window.page.keyboard.press('Enter');
      const waterfall = await WaterfallPage.shown(window);
      const page = waterfall.frame.locator('body');
      await window.until(`the page in ${theme}`, async () =>
        ((await page.getAttribute('class')) ?? '').split(' ').includes(pageClass),
      );
      await waterfall.select('OrdersController.remove');
      await window.screenshot(`waterfall-${name}`);
      await window.closeEditors();
      await window.close();
    });
});
