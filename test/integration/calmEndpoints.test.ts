import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { askShop, ordersController, shopLine, stage, type Stage } from './stage.ts';

const remove = 'DELETE /api/v1/orders/:id, ';

describe('the Endpoints view while it is used', function () {
  this.timeout(240_000);
  let all: Stage;
  before(async () => {
    all = await stage();
    await all.window.openFile(ordersController);
    await all.window.views.openContainer('Spanhop');
    await all.window.views.collapse('Traces');
    const rows = all.window.views.rows('Endpoints');
    await all.window.until('rows of endpoints', async () => (await rows.count()) > 5);
  });

  const description = () =>
    all.window.page
      .locator('.pane:has(.pane-header[aria-label^="Endpoints"]) .pane-header .description')
      .innerText();
  const isHeld = async () => (await description()).includes('updated');
  /** Also what the bars are split by, which comes after the figures. */
  const settled = () =>
    all.window.until(
      'all that Refresh loads',
      async () => !(await all.window.views.hasAction('Endpoints', 'Cancel Loading')),
    );
  const ask = async () => {
    for (let times = 0; times < 5; times += 1)
      await askShop(all, '/api/v1/products', randomBytes(16).toString('hex'));
    await all.shop.flush();
  };
  /** The view, or what else, that the keyboard is in. */
  const focused = () =>
    all.window.page.evaluate(() => {
      const element = document.activeElement;
      const pane = element?.closest('.pane')?.querySelector('.pane-header');
      if (pane) return pane.getAttribute('aria-label') ?? '';
      return element?.closest('.editor-instance') || element?.tagName === 'IFRAME'
        ? 'editor'
        : 'none';
    });
  const focusIn = (place: string) =>
    all.window.until(`the focus in ${place}`, async () => (await focused()).startsWith(place));

  it('shows the end of each route, and what the routes share once', async () => {
    const { window } = all;
    const texts = await window.views.rows('Endpoints').allInnerTexts();
    const joined = texts.join('\n');
    assert.match(joined, /DELETE …\/orders\/:id/);
    assert.match(joined, /shop-api\s*\n?\s*\/api\/v1\/…/);
    await window.screenshot('endpoints-calm');
  });

  it('keeps rows and figures under the pointer, says how old they are, and follows once the user is elsewhere', async () => {
    const { window } = all;
    await window.views.clickAction('Endpoints', 'Refresh');
    await settled();
    const row = window.views.rows('Endpoints', remove);
    await row.click();
    const before = await window.views.labels('Endpoints');
    await ask();
    await window.until('the age of the figures beside the title', isHeld, () => before.join('\n'));
    assert.deepEqual(await window.views.labels('Endpoints'), before);
    await window.screenshot('endpoints-held');

    await window.page
      .locator('.editor-group-container.active .view-line', { hasText: 'async remove(' })
      .first()
      .click();
    await window.until(
      'newer figures',
      async () => (await window.views.labels('Endpoints')).join() !== before.join(),
    );
    assert.ok(!(await isHeld()));
  });

  it('does so while the pointer only rests on a row', async () => {
    const { window } = all;
    await window.page
      .locator('.editor-group-container.active .view-line', { hasText: 'async remove(' })
      .first()
      .click();
    await window.views.clickAction('Endpoints', 'Refresh');
    await window.until('no age', async () => !(await isHeld()));
    await settled();
    const tooltip = window.page.locator('.workbench-hover', { hasText: 'OrdersController.remove' });
    // Rows that are drawn again take their tooltip along until the pointer comes anew.
    await window.until('the tooltip of the row', async () => {
      await window.page.mouse.move(0, 0);
      await window.views.rows('Endpoints', remove).hover();
      return tooltip.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    const before = await window.views.labels('Endpoints');
    await ask();
    await window.until('the age of the figures beside the title', isHeld);
    assert.deepEqual(await window.views.labels('Endpoints'), before);
  });

  it('shows newer figures at once when they are asked for', async () => {
    const { window } = all;
    await window.views.rows('Endpoints', remove).click();
    const before = await window.views.labels('Endpoints');
    await ask();
    await window.until('the age of the figures beside the title', isHeld);
    await window.views.clickAction('Endpoints', 'Refresh');
    await window.until(
      'newer figures',
      async () => (await window.views.labels('Endpoints')).join() !== before.join(),
    );
    await window.until('no age', async () => !(await isHeld()));
  });

  it("shows a row's line on a click without taking the focus; Enter and a double click go there", async () => {
    const { window } = all;
    const line = shopLine(ordersController, 'async remove(');
    const row = window.views.rows('Endpoints', remove);
    await row.click();
    await window.waitForCursor({ file: 'orders.controller.ts', line });
    await focusIn('Endpoints');
    await window.page.keyboard.press('Enter');
    await focusIn('editor');
    await row.dblclick();
    await focusIn('editor');
    // As in the editor's own trees, a double click opens what lies below the row too.
    await row.first().locator('.monaco-tl-twistie').click();
    await window.until('the row closed', async () => (await row.count()) === 1);
  });

  it('does so in Traces too', async () => {
    const { window } = all;
    await window.views.expand('Traces');
    const rows = window.views.rows('Traces').filter({ hasText: 'spans' });
    await window.until('a row of a trace', async () => (await rows.count()) > 0);
    await rows.first().click();
    const page = await WaterfallPage.shown(window);
    await focusIn('Traces');
    await window.page.keyboard.press('Enter');
    await focusIn('editor');
    assert.ok(page);
  });

  it('shows newer figures once a key is used in a waterfall', async () => {
    const { window } = all;
    const page = await WaterfallPage.shown(window);
    const row = window.views.rows('Endpoints', remove).first();
    // Used without opening its code, which would hide the waterfall.
    for (const expanded of ['true', 'false']) {
      await row.locator('.monaco-tl-twistie').click();
      await window.until(
        `a row with aria-expanded=${expanded}`,
        async () => (await row.getAttribute('aria-expanded')) === expanded,
      );
    }
    const before = await window.views.labels('Endpoints');
    await ask();
    await window.until('the age of the figures beside the title', isHeld);
    assert.deepEqual(await window.views.labels('Endpoints'), before);
    await page.focusTree();
    await page.press('ArrowDown');
    await window.until(
      'newer figures',
      async () => (await window.views.labels('Endpoints')).join() !== before.join(),
    );
  });
});
