import assert from 'node:assert/strict';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { freePort } from '../support/freePort.ts';
import { shopFolder } from '../support/shop.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, shopLine, stage } from './stage.ts';

const steps = [
  'Send traces',
  'See the latency of your handlers',
  'Go from a slow span to its line',
];

describe('a user’s first minutes, without any trace', () => {
  const opened = openedHere();
  let window: EditorWindow;
  let port = 0;
  before(async function () {
    this.timeout(240_000);
    const { browser } = await stage();
    port = await freePort();
    const server = await opened.server({
      'spanhop.localStore.port': port,
      'spanhop.lens.whenNoTraces': 'quiet',
    });
    window = await opened.window(server, browser, shopFolder);
  });

  const step = (name: string) => window.page.locator('.getting-started-step', { hasText: name });
  const isWalkthroughShown = () => window.page.locator('.gettingStarted.showDetails').isVisible();
  const press = async (name: string, button: string) => {
    // A picker that is still open takes the clicks; an Escape that came after it went leaves the walkthrough.
    await window.until(`the step ${name}`, async () => {
      await window.quickInput.close();
      if (!(await isWalkthroughShown())) await window.runCommand('Spanhop: Get Started');
      return step(name)
        .locator('.step-title')
        .click({ timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
    });
    const buttons = step(name).locator('.monaco-button', { hasText: button });
    await window.step(`the button ${button}`, () => buttons.first().click());
  };

  /** The picture of a step that was left goes away meanwhile. */
  const isPictureDrawn = async () => {
    const picture = await window.webview('svg');
    const box = await picture
      .locator('svg')
      .first()
      .boundingBox()
      .catch(() => null);
    return box !== null && box.width > 200 && box.height > 100;
  };

  it('show one quiet line above a handler, where that is wanted', async () => {
    await window.openFile(ordersController);
    const line = shopLine(ordersController, "@Delete(':id')");
    assert.deepEqual(await window.lenses.above(line), ['no traces in 1 h']);
    await window.screenshot('no-traces');
  });

  it('open a walkthrough of three steps with a picture each', async () => {
    await window.runCommand('Spanhop: Get Started');
    for (const [index, name] of steps.entries()) {
      await window.step(`the step ${name}`, () => step(name).locator('.step-title').click());
      await window.step(`${name}, open`, () =>
        window.page.locator('.getting-started-step.expanded', { hasText: name }).waitFor(),
      );
      await window.until('a picture that is drawn', isPictureDrawn);
      await window.page.waitForTimeout(500);
      await window.screenshot(`walkthrough-${String(index + 1)}`);
    }
  });

  it('copy what makes a service send its traces here', async () => {
    await press('Send traces', 'Copy Exporter Settings');
    await window.until('the variables in the clipboard', async () =>
      (await window.clipboard()).startsWith(
        `OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:${String(port)}\n`,
      ),
    );
    await window.until('a word about it', async () =>
      (await window.notifications()).join().includes(`(port ${String(port)})`),
    );
  });

  it('copy the same for a container, with what Docker on Linux needs besides', async () => {
    await press('Send traces', 'Copy Exporter Settings');
    const { page } = window;
    const button = page.locator('.notification-toast .monaco-button', {
      hasText: 'Copy for a Container',
    });
    await window.step('the offer for a container', () => button.first().click());
    await window.until('the container’s variables in the clipboard', async () =>
      (await window.clipboard()).startsWith(
        `OTEL_EXPORTER_OTLP_ENDPOINT=http://host.docker.internal:${String(port)}\n`,
      ),
    );
    await window.until('what else is needed', async () =>
      (await window.notifications()).join().includes('spanhop.localStore.host and extra_hosts'),
    );
    await window.screenshot('copied-for-container');
    await window.runCommand('Notifications: Clear All Notifications');
  });

  it('ask where traces come from', async () => {
    await press('Send traces', 'Select Trace Source');
    const entries = await window.quickInput.entries('Trace source');
    assert.equal(entries.length, 3);
    assert.match(entries.join(), /Local traces.*Jaeger.*Cassandra/);
    await window.quickInput.close();
  });

  it('open the Endpoints view, which says what to do', async () => {
    await press('See the latency of your handlers', 'Open Endpoints');
    await window.until('the next step in the view', async () =>
      (await window.views.message('Endpoints')).startsWith('No traces in the last 1 h.'),
    );
    await window.screenshot('walkthrough-endpoints');
  });

  it('ask for a trace id', async () => {
    await press('Go from a slow span to its line', 'Open Trace by ID');
    await window.quickInput.asked('Trace ID, up to');
    await window.quickInput.close();
    await window.until(
      'three steps done',
      async () =>
        (await window.page.locator('.getting-started-step .complete.codicon').count()) >= 3,
    );
    await window.screenshot('walkthrough-done');
  });

  it('find a README without broken pictures on the page of the extension', async () => {
    await window.runCommand('Extensions: Show Installed Extensions');
    const entry = window.page.locator('.extension-list-item', { hasText: 'Spanhop' });
    await window.step('the entry of the extension', () => entry.first().click());
    const readme = await window.webview('h3:has-text("From containers")');
    const pictures = await readme
      .locator('img')
      .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
    for (const address of pictures) assert.match(address, /^https:/);
    await window.screenshot('extension-page');
  });
});
