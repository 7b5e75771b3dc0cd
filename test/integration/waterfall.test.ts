import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { atRest } from '../support/editor/atRest.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';

describe('the waterfall of a slow DELETE', () => {
  let all: Stage;
  let waterfall: WaterfallPage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    const { window } = all;
    await window.openFile(ordersController);
    const line = shopLine(ordersController, "@Delete(':id')");
    waterfall = await WaterfallPage.openSlowest(window, line);
    await waterfall.focusTree();
  });

  it('is walked with the arrow keys, Home and End', async () => {
    await waterfall.press('Home');
    const first = (await waterfall.rows())[0];
    await waterfall.waitForSelected(({ label }) => label === first?.label);
    await waterfall.press('ArrowDown');
    const second = (await waterfall.rows())[1];
    await waterfall.waitForSelected(({ label }) => label === second?.label);
    await waterfall.press('ArrowUp');
    await waterfall.waitForSelected(({ label }) => label === first?.label);
    await waterfall.press('End');
    await waterfall.waitForSelected(({ label }) => label !== first?.label);
    await waterfall.press('Home');
    await waterfall.waitForSelected(({ label }) => label === first?.label);
  });

  it('folds and unfolds with the left and right arrow', async () => {
    await waterfall.press('Home');
    await all.window.until('its rows', async () => (await waterfall.rows()).length > 5);
    const open = await atRest(all.window, 'rows', async () => (await waterfall.rows()).length);
    await waterfall.press('ArrowLeft');
    await all.window.until('one row', async () => (await waterfall.rows()).length === 1);
    await waterfall.press('ArrowRight');
    await all.window.until('its rows again', async () => (await waterfall.rows()).length === open);
  });

  it('is filtered by text from the keyboard', async () => {
    await waterfall.filter('db_query');
    const count = waterfall.frame.locator('.filter-count');
    await all.window.step('the number of matches', () =>
      count.filter({ hasText: /[1-9]/ }).waitFor(),
    );
    await all.window.screenshot('waterfall-filtered');
    await waterfall.press('Escape'); // the suggestions
    await waterfall.press('Escape');
    await all.window.until('no filter', async () => !(await count.isVisible()));
  });

  for (const [name, key] of [
    ['F1', 'F1'],
    ['Ctrl+P', 'Control+p'],
    ['Ctrl+Shift+P', 'Control+Shift+p'],
  ] as const) {
    it(`lets ${name} through to the editor`, async () => {
      await waterfall.focusTree();
      await waterfall.press(key);
      await all.window.until(`the editor's ${name}`, () => all.window.quickInput.isOpen());
      await all.window.quickInput.close();
    });
  }

  it('takes Ctrl+F to its filter, and leaves it to what else has the focus', async () => {
    const { window } = all;
    const isInFilter = () =>
      waterfall.frame.locator('#filter').evaluate((field) => document.activeElement === field);
    await waterfall.focusTree();
    await waterfall.press('Control+f');
    await window.until('the cursor in the filter', isInFilter);
    await waterfall.press('Escape');
    await window.until('the cursor out of the filter', async () => !(await isInFilter()));
    await window.views.openContainer('Spanhop');
    await window.views.focus('Endpoints');
    await window.step('the errors come', () => window.views.rows('Endpoints', 'Errors').waitFor());
    await window.page.keyboard.press('Home');
    const focused = () => window.views.focusedLabel('Endpoints');
    await window.until('the focus on Errors', async () => (await focused()).startsWith('Errors'));
    await window.page.keyboard.press('Control+f');
    await window.page.keyboard.press('ArrowDown');
    await window.until('the next row, below Errors', async () =>
      (await focused()).includes('shop-api'),
    );
    assert.equal(await isInFilter(), false);
  });

  it('shows what a span carries and where it comes from', async () => {
    await waterfall.focusTree();
    await waterfall.press('Home');
    await waterfall.press(' ');
    await all.window.until('the details of the root', async () =>
      (await waterfall.details()).includes('orders.controller.ts'),
    );
    await all.window.screenshot('waterfall');
  });

  for (const format of ['PNG', 'SVG']) {
    it(`is saved as a picture of its rows: ${format}`, async () => {
      const { window } = all;
      const folder = mkdtempSync(join(tmpdir(), 'picture-'));
      const file = join(folder, `rows.${format.toLowerCase()}`);
      await waterfall.focusTree();
      const question = 'Save Waterfall as Picture';
      await window.ask(`Spanhop: ${question}…`, question);
      await window.quickInput.pick(question, format);
      await window.until('the name of a file', async () => {
        const { value } = await window.quickInput.asked(question);
        return value.endsWith(`orders-id.${format.toLowerCase()}`);
      });
      await window.quickInput.takePath(question, file);
      await window.until('the picture', () => Promise.resolve(existsSync(file)));
      const beginning = readFileSync(file).subarray(0, 5).toString('latin1');
      assert.match(beginning, format === 'PNG' ? /^.PNG/ : /^<svg /);
      rmSync(folder, { recursive: true });
    });
  }

  it('has the spans of a method selected from the editor', async () => {
    const { window } = all;
    const service = 'apps/shop-api/src/orders/orders.repository.ts';
    await window.openFile(service);
    await window.goToLine(shopLine(service, 'orderItem.delete('));
    await window.runCommand('Spanhop: Show Spans of This Method');
    waterfall = await WaterfallPage.shown(window);
    const selected = await waterfall.waitForSelected(({ label }) => label.includes('prisma'));
    assert.match(selected.label, /orders\.repository\.ts|prisma/);
  });
});
