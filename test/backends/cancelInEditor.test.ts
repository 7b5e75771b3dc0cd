import assert from 'node:assert/strict';

import { extensionId } from '../../src/core/extensionId.ts';
import { spans } from '../integration/exactUnits.ts';
import { openedHere } from '../integration/openedHere.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { startSlowProxy, type SlowProxy } from '../support/slowProxy.ts';

const longMs = 60_000;

describe('reading from a Jaeger that takes a minute', () => {
  const opened = openedHere();
  let jaeger: RunningJaeger;
  let proxy: SlowProxy;
  let window: EditorWindow;
  before(async function () {
    this.timeout(180_000);
    jaeger = await startJaeger();
    proxy = await startSlowProxy(jaeger.url);
    await sendOtlp(jaeger.otlp, spans);
    proxy.delayMs = longMs;
    const server = await opened.server({
      'spanhop.source': 'jaeger',
      'spanhop.jaeger.url': proxy.url,
      'spanhop.jaeger.timeoutSeconds': 120,
    });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.views.openContainer('Spanhop');
  });
  after(async () => {
    proxy.close();
    await jaeger.stop();
  });

  const status = async () => (await window.statusTexts(extensionId)).join();
  const nothingIsAsked = () =>
    window.until('no request under way', () => Promise.resolve(proxy.open() === 0));

  it('is shown as long work, and its Cancel ends the requests', async () => {
    const cancel = window.page.locator('.welcome-view-content .monaco-button', {
      hasText: 'Cancel',
    });
    await window.step('a button to cancel', () => cancel.waitFor());
    await window.until('reading in the status bar', async () =>
      (await status()).includes('Jaeger · loading…'),
    );
    await window.screenshot('long-work');
    await window.until('Jaeger is asked', () => Promise.resolve(proxy.open() > 0));
    await cancel.click();
    await nothingIsAsked();
    assert.ok(proxy.givenUp() > 0);
    await window.until('what the views show', async () =>
      (await window.views.message('Endpoints')).includes('Select Refresh to try again.'),
    );
    await window.until('what the search shows', async () =>
      (await window.views.message('Traces')).startsWith('The search was cancelled. '),
    );
    await window.screenshot('long-work-cancelled');
  });

  it('is not begun again by the clock', async () => {
    await window.page.waitForTimeout(6_000);
    assert.equal(proxy.open(), 0);
  });

  it('leaves rows in place when it is cancelled, with their age, and reads again when asked', async () => {
    proxy.delayMs = 0;
    await window.views.clickAction('Endpoints', 'Refresh');
    const first = window.views.rows('Endpoints', 'DELETE /api/v1/orders/:id, p95 2 min');
    await window.step('the rows', () => first.waitFor());
    proxy.delayMs = longMs;
    await window.views.clickAction('Endpoints', 'Refresh');
    await window.until('requests under way', () => Promise.resolve(proxy.open() > 0));
    await window.views.clickAction('Endpoints', 'Cancel Loading');
    await nothingIsAsked();
    await window.until('the age of the rows', async () =>
      /^Loading was cancelled\. Metrics are from .+ ago\.$/.test(
        await window.views.message('Endpoints'),
      ),
    );
    assert.ok(await first.isVisible());
    await window.screenshot('long-work-cancelled-rows');
    proxy.delayMs = 0;
    await window.views.clickAction('Endpoints', 'Refresh');
    await window.until(
      'fresh figures',
      async () => !(await window.views.message('Endpoints')).includes('cancelled'),
    );
  });

  it('is cancelled from the menu of the status bar as well', async () => {
    proxy.delayMs = longMs;
    await window.views.clickAction('Endpoints', 'Refresh');
    await window.until('requests under way', () => Promise.resolve(proxy.open() > 0));
    await window.openStatusMenu(extensionId);
    await window.quickInput.pick('Spanhop', 'Cancel loading');
    await nothingIsAsked();
  });

  it('is cancelled for the traces below a row as well, which says so', async () => {
    proxy.delayMs = 0;
    await window.views.clickAction('Endpoints', 'Refresh');
    const first = window.views.rows('Endpoints', 'DELETE /api/v1/orders/:id, p95 2 min');
    await window.step('the rows', () => first.waitFor());
    // Between two requests of one reading nothing is under way either.
    await window.until(
      'the end of the reading',
      async () =>
        proxy.open() === 0 && !(await window.views.hasAction('Endpoints', 'Cancel Loading')),
    );
    proxy.delayMs = longMs;
    await first.locator('.monaco-tl-twistie').click();
    const waiting = first.locator('.codicon-tree-item-loading');
    await window.step('a row that waits', () => waiting.waitFor());
    await window.until('requests under way', () => Promise.resolve(proxy.open() > 0));
    const before = proxy.givenUp();
    await window.views.clickAction('Endpoints', 'Cancel Loading');
    const note = window.views
      .rows('Endpoints')
      .filter({ hasText: 'Loading was cancelled. Select Refresh to try again.' });
    await window.step('the note below the row', () => note.first().waitFor());
    assert.ok(proxy.givenUp() > before);
    await window.screenshot('long-work-cancelled-row');
  });
});
