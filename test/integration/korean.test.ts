import assert from 'node:assert/strict';

import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { spans } from './exactUnits.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, shopLine } from './stage.ts';

describe('an editor in Korean', () => {
  const opened = openedHere();
  it('speaks Korean in lens, views and waterfall', async function () {
    this.timeout(240_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    const window = await opened.window(server, await opened.browser(), shopFolder, {
      language: 'ko',
    });
    await window.openFile(ordersController);
    await receives(receiver);
    await sendOtlp(receiver, spans);
    const line = shopLine(ordersController, "@Delete(':id')");
    const [lens] = await window.lenses.above(line);
    assert.equal(lens, '느림 · p50 2 min · p95 2 min · 최근 1시간 1건');
    await window.views.openContainer('Spanhop');
    await window.step('the Endpoints view by its Korean name', () =>
      window.views.rows('엔드포인트').first().waitFor(),
    );
    await window.runCommand('Spanhop: 느린 이유 보기');
    await window.step('the explanation', () =>
      window.views.rows('느린 이유', '100% ').first().waitFor(),
    );
    await window.until('a word of one request', async () =>
      (await window.views.message('느린 이유')).startsWith('요청 1건 기준'),
    );
    await window.screenshot('why-slow-korean');
    await window.lenses.click(line, 'p95');
    await window.quickInput.takeFirst('가장 느린 트레이스');
    const waterfall = await WaterfallPage.shown(window);
    assert.equal(await waterfall.frame.locator('html').getAttribute('lang'), 'ko');
    assert.match(await waterfall.frame.locator('.column-head').first().innerText(), /[가-힣]/);
    await window.screenshot('korean');
  });
});
