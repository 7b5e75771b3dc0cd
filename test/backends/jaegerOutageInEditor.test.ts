import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { spans } from '../integration/exactUnits.ts';
import { openedHere } from '../integration/openedHere.ts';
import { ordersController, shopLine } from '../integration/stage.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';

const first = 'DELETE /api/v1/orders/:id, p95 2 min';

describe('a Jaeger that is killed while its figures are on the screen', () => {
  const opened = openedHere();
  let jaeger: RunningJaeger;
  let window: EditorWindow;
  before(async function () {
    this.timeout(180_000);
    jaeger = await startJaeger();
    await sendOtlp(jaeger.otlp, spans);
    const server = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': jaeger.url,
    });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.openFile(ordersController);
    await window.views.openContainer('Spanhop');
    await window.step('the rows', () => window.views.rows('Endpoints', first).waitFor());
  });
  after(() => jaeger.stop());

  const line = shopLine(ordersController, "@Delete(':id')");
  const status = async () => (await window.statusTexts(extensionId)).join();

  it('is told of in the status bar and above the rows, which stay with their age, as lenses do', async () => {
    await window.lenses.above(line);
    jaeger.signal('SIGKILL');
    await window.until('the status bar says so', async () =>
      (await status()).includes("Jaeger: can't connect"),
    );
    await window.lenses.aboveOnce(line, 'the age of the figures', ([text = '']) =>
      /p95 2 min .*ago/.test(text),
    );
    // Rows keep their places under the focus: it goes to the code.
    await window.page.keyboard.press('ArrowRight');
    await window.until('so does Endpoints', async () =>
      /^Connection to .* refused\. Start Jaeger, or check the URL\. Metrics are from .+ ago\.$/.test(
        await window.views.message('Endpoints'),
      ),
    );
    assert.ok(await window.views.rows('Endpoints', first).isVisible());
    await window.screenshot('jaeger-killed');
  });

  it('is read again by itself once it runs', async () => {
    await jaeger.restart();
    await sendOtlp(jaeger.otlp, spans);
    await window.until('the status bar is as before', async () =>
      (await status()).includes('Jaeger · 1 h'),
    );
    await window.until(
      'no word above the rows',
      async () => (await window.views.message('Endpoints')) === '',
    );
    await window.lenses.aboveOnce(line, 'figures without an age', ([text = '']) =>
      /p95 2 min · 1 in 1 h$/.test(text),
    );
    await window.step('the rows', () => window.views.rows('Endpoints', first).waitFor());
    await window.screenshot('jaeger-restarted');
  });
});
