import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { hoverOn } from '../support/editor/hoverOn.ts';
import { ordersController, shopLine, stage, type Stage } from './stage.ts';

const repository = 'apps/shop-api/src/orders/orders.repository.ts';
const slow = shopLine(ordersController, "@Delete(':id')");
const quick = shopLine(ordersController, "@Get(':id')");

describe('the menu of the status bar', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    await all.window.openFile(ordersController);
    await all.window.lenses.above(slow);
  });
  // The settings open over everything.
  afterEach(() => all.window.page.keyboard.press('Escape'));
  after(async () => {
    await choose('CodeLens', 'All handlers');
    await choose('Time range', 'Last hour');
  });

  async function choose(entry: string, choice: string): Promise<void> {
    const { window } = all;
    await window.openStatusMenu(extensionId);
    await window.quickInput.pick('Spanhop', entry);
    await window.quickInput.pick(entry, choice);
    // The setting is written after the picker closed; the menu says what is in force.
    await window.until(`${entry}, ${choice} in the menu`, async () => {
      const entries = await window.openStatusMenu(extensionId);
      await window.quickInput.close();
      return entries.some((text) => text.endsWith(`${entry}, ${choice}`));
    });
  }
  const lensLines = (what: string, isShown: (lines: readonly number[]) => boolean) =>
    all.window.until(what, async () =>
      isShown((await all.window.lenses.visible()).map(({ line }) => line)),
    );

  it('offers what there is to choose, with what is chosen', async () => {
    const { window } = all;
    let texts: readonly string[] = [];
    // While figures are read, by the clock as well, the menu also offers to cancel that.
    await window.until('a menu of a source at rest', async () => {
      await window.quickInput.close();
      const entries = await window.openStatusMenu(extensionId);
      texts = entries.map((entry) => entry.replace(/^[a-z-]+ {2}/, ''));
      return !texts.some((text) => text.startsWith('Cancel'));
    });
    for (const text of ['Refresh', 'Time range, Last hour', 'CodeLens, All handlers', 'Settings'])
      assert.ok(texts.includes(text), texts.join('\n'));
    await window.page.waitForTimeout(300);
    await window.screenshot('menu');
    await window.quickInput.close();
  });

  it('leaves lenses above slow handlers only', async () => {
    await choose('CodeLens', 'Slow handlers only');
    await lensLines(
      'the slow handler alone',
      (lines) => lines.includes(slow) && !lines.includes(quick),
    );
    await all.window.screenshot('lenses-slow-only');
  });

  it('leaves hovers only: a handler has its figures there', async () => {
    await choose('CodeLens', 'Hover only');
    await lensLines('no lens', (lines) => lines.length === 0);
    const hover = await hoverOn(all.window, 'async remove(', 'remove');
    assert.match(hover, /DELETE \/api\/v1\/orders\/:id/);
    assert.match(hover, /p50 .+ · p95 .+ · p99 .+ · max /);
    assert.match(hover, /Last hour: [\d,]+ requests? · .+ in total/);
    assert.match(hover, /Based on every request/);
    await all.window.screenshot('hover-handler');
  });

  it('turns all of it off, and on again', async () => {
    await choose('CodeLens', 'Off');
    await lensLines('no lens', (lines) => lines.length === 0);
    await choose('CodeLens', 'All handlers');
    await lensLines('both lenses', (lines) => lines.includes(slow) && lines.includes(quick));
  });

  it('changes the window of the lenses and of the status bar', async () => {
    const { window } = all;
    await choose('Time range', 'Last 6 hours');
    await window.lenses.aboveOnce(slow, 'a lens of six hours', (texts) =>
      texts.join().includes(' in 6 h'),
    );
    // While figures are read again, the status bar says that.
    let status = '';
    await window.until(
      'the new window in the status bar',
      async () => {
        status = (await window.statusTexts(extensionId)).join();
        return status === 'Local traces · 6 h';
      },
      () => status,
    );
    await choose('Time range', 'Last hour');
  });

  it('leads to the settings', async () => {
    const { window } = all;
    await window.openStatusMenu(extensionId);
    // "Copy exporter settings" is another entry.
    await window.quickInput.rows
      .and(window.page.locator('[aria-label$=" Settings"]'))
      .first()
      .click();
    const settings = window.page.locator('.settings-editor');
    await window.step('the settings of Spanhop', () =>
      settings.locator('.setting-item', { hasText: 'Window Minutes' }).first().waitFor(),
    );
    await window.screenshot('settings');
    await window.page.keyboard.press('Escape');
    await window.closeEditors();
  });

  it('has nothing to do with the hover on a Prisma call, which tells its calls and statement', async () => {
    const { window } = all;
    await window.openFile(repository);
    await window.lenses.above(shopLine(repository, 'orderItem.delete('));
    const hover = await hoverOn(window, 'orderItem.delete(', 'delete');
    assert.match(hover, /orderItem\.delete/);
    assert.match(hover, /Calls per request: .+ on average, \d+ at most/);
    assert.match(hover, /p50 .+ · p95 .+ in total/);
    assert.match(hover, /DELETE FROM/);
    await window.screenshot('hover-prisma');
  });
});
