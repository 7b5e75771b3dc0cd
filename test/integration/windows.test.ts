import assert from 'node:assert/strict';

import { ordersController, openWindow, receives, shopLine, stage, type Stage } from './stage.ts';
import { shopFolder } from '../support/shop.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';

describe('the embedded store', () => {
  let all: Stage;
  let line = 0;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    line = shopLine(ordersController, "@Delete(':id')");
  });

  it('keeps its traces, and the waterfall its place, when the window is loaded again', async () => {
    const { window } = all;
    await window.closeEditors();
    await window.openFile(ordersController);
    const before = await window.lenses.above(line);
    await window.lenses.click(line, 'p95');
    await window.quickPickEntries();
    await window.page.keyboard.press('Enter');
    const shown = await WaterfallPage.shown(window);
    const title = await shown.title();
    await window.reload();
    const again = await WaterfallPage.shown(window);
    assert.equal(await again.title(), title);
    await window.openFile(ordersController);
    assert.deepEqual(await window.lenses.above(line), before);
  });

  it('is read by a second window, which takes over the port when the first one closes', async () => {
    const { window, server, browser, receiver } = all;
    await window.openFile(ordersController);
    const first = await window.lenses.above(line);
    const second = await openWindow(server, browser, shopFolder);
    await second.openFile(ordersController);
    assert.deepEqual(await second.lenses.above(line), first);
    assert.match((await second.statusTexts('spanhop.spanhop')).join(), /Local traces · 1 h/);
    await second.screenshot('second-window');
    await second.close();
    await receives(receiver);
  });
});
