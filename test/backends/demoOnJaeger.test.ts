import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { openedHere, screenshots } from '../integration/openedHere.ts';
import { ordersController, shopLine } from '../integration/stage.ts';
import { startDemo, type RunningScript } from '../support/runningScript.ts';
import { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { eventually } from '../support/eventually.ts';

const startLimitMs = 240_000;

describe('`npm run demo -- --jaeger`', () => {
  const opened = openedHere();
  let demo: RunningScript;
  after(async function () {
    this.timeout(60_000);
    await demo.stop();
  });

  it('opens an editor at the slow handler, with the traces of a real Jaeger to click', async function () {
    this.timeout(startLimitMs + 120_000);
    demo = startDemo('--jaeger', '--browser');
    const address = await eventually(
      'the address of the editor',
      () => Promise.resolve(/Open this in a browser:\s+(\S+)/.exec(demo.output())?.[1] ?? ''),
      (printed) => printed !== '' || demo.hasEnded(),
      startLimitMs,
    );
    assert.notEqual(address, '', demo.output());
    const window = await EditorWindow.open({
      browser: await opened.browser(),
      address,
      screenshots,
    });
    const handler = shopLine(ordersController, 'async remove(');
    await window.waitForCursor({ file: 'orders.controller.ts', line: handler });
    const line = shopLine(ordersController, "@Delete(':id')");
    assert.match((await window.lenses.above(line)).join(), /^slow · p50 .+ s · p95 .+ s · /);
    await window.views.openContainer('Spanhop');
    await window.until('endpoints', async () => (await window.views.rows('Endpoints').count()) > 5);
    await window.screenshot('demo-jaeger');
    assert.match((await window.statusTexts(extensionId)).join(), /^Jaeger · /);
    const waterfall = await WaterfallPage.openSlowest(window, line);
    await waterfall.select('orderItem.delete');
    await waterfall.press('Enter');
    const repository = 'apps/shop-api/src/orders/orders.repository.ts';
    const place = { file: 'orders.repository.ts', line: shopLine(repository, 'orderItem.delete(') };
    await window.waitForCursor(place);
    await window.screenshot('demo-jaeger-waterfall');
    await window.close();
  });
});
