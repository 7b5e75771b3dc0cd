import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { spans } from './exactUnits.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, sentTo, shopLine, stage, type Stage } from './stage.ts';
import { shopFolder } from '../support/shop.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';

describe('the embedded store', () => {
  const opened = openedHere();
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
    const { count } = sentTo(all.traffic, 'DELETE', '/api/v1/orders/:id');
    const isWhole = (texts: readonly string[]) =>
      texts.length > 1 && texts.join().includes(`${String(count)} in 1 h`);
    const before = await window.lenses.aboveOnce(line, 'all lenses', isWhole);
    const shown = await WaterfallPage.openSlowest(window, line);
    const title = await shown.title();
    await window.reload();
    const again = await WaterfallPage.shown(window);
    assert.equal(await again.title(), title);
    await window.openFile(ordersController);
    // The figures come first, those of calls and of other handlers once traces are read.
    const texts = before.join();
    await window.lenses.aboveOnce(line, 'the lenses of before', (now) => now.join() === texts);
  });

  it('is shared by two windows: one owns the port, and the other takes it over', async function () {
    this.timeout(240_000);
    const { browser } = all;
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    const [first, second] = [
      await opened.window(server, browser, shopFolder),
      await opened.window(server, browser, shopFolder),
    ];
    await first.openFile(ordersController);
    await receives(receiver);
    await sendOtlp(receiver, spans);
    await second.openFile(ordersController);
    const shown = await first.lenses.aboveOnce(line, 'a lens of one request', (texts) =>
      texts.join().includes('1 in 1 h'),
    );
    await second.lenses.aboveOnce(
      line,
      'the lenses of the first window',
      (texts) => texts.join() === shown.join(),
    );
    for (const window of [first, second]) {
      const status = (await window.statusTexts(extensionId)).join();
      assert.match(status, /Local traces · 1 h/, 'neither window complains of the port');
    }
    await second.screenshot('second-window');
    await first.close();
    const again = spans.map((span, index) => ({
      ...span,
      traceId: `${span.traceId.slice(0, -2)}0${String(index)}`,
    }));
    await eventually(
      'the second window at the port',
      () => sendOtlp(receiver, again),
      () => true,
      60_000,
    );
    await second.runCommand('Spanhop: Refresh');
    await second.lenses.aboveOnce(line, 'a lens of both requests', (texts) =>
      texts.join().includes('2 in 1 h'),
    );
  });
});
