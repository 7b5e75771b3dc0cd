import assert from 'node:assert/strict';

import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { shopLine, stage, type Stage } from './stage.ts';

const service = 'apps/shop-api/src/orders/orders.service.ts';
const seed = 'apps/shop-api/src/database/seed.ts';

describe('Show Spans of This Method', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
  });

  /** The command with the cursor in the method at a line. */
  async function showSpans(path: string, text: string): Promise<void> {
    const { window } = all;
    await window.openFile(path);
    await window.goToLine(shopLine(path, text));
    await window.runCommand('Spanhop: Show Spans of This Method');
  }

  const told = (text: string) =>
    all.window.until(text, async () =>
      (await all.window.notifications()).some((one) => one.includes(text)),
    );

  it('says of a method that nothing calls in a request that no route reaches it', async () => {
    await all.window.closeEditors();
    await showSpans(seed, 'export async function seed(');
    await told('No route or message reaches seed.');
    await all.window.runCommand('Notifications: Clear All Notifications');
  });

  it('lists the slowest traces of the routes that lead to a service, and selects its calls in the chosen one', async () => {
    const { window } = all;
    await showSpans(service, 'async remove(id: number)');
    const question = 'Slowest traces that run OrdersService.remove';
    const [slowest = ''] = await window.quickInput.entries(question);
    assert.match(slowest, /spans.*DELETE/s);
    await window.screenshot('method-traces');
    await window.quickInput.takeFirst(question);
    const waterfall = await WaterfallPage.shown(window);
    await waterfall.waitForSelected(({ label }) => /prisma|POST|GET/.test(label));
    const note = waterfall.frame.getByText('Spans of OrdersService.remove');
    await window.step('what is selected', () => note.first().waitFor());
    await window.screenshot('method-spans');
  });

  it('offers the traces of a method that the open one has no span of', async () => {
    const { window } = all;
    await showSpans(service, 'async pay(id: number');
    await told('This trace has no span for OrdersService.pay.');
    await window.page.getByRole('button', { name: 'Show Slowest Traces' }).click();
    await window.quickInput.asked('Slowest traces that run OrdersService.pay');
    await window.quickInput.close();
  });
});
