import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { openedHere } from './openedHere.ts';
import { askShop, ordersController, receives, shopLine, stage } from './stage.ts';

describe('a recorded stack', () => {
  it('leads from a frame of compiled code to its source line, beside', async function () {
    this.timeout(240_000);
    const all = await stage();
    const { window, shop } = all;
    const traceId = randomBytes(16).toString('hex');
    const { status } = await askShop(all, '/api/v1/orders/99999999', traceId);
    assert.equal(status, 404);
    await shop.flush();
    await window.openFile(ordersController);
    const waterfall = await WaterfallPage.openTrace(window, traceId);
    await waterfall.select('OrdersController.get');
    await waterfall.press(' ');
    const repository = 'apps/shop-api/src/orders/orders.repository.ts';
    const line = shopLine(repository, 'throw new NotFoundException');
    const frame = waterfall.frame.getByRole('button', {
      name: `OrdersRepository.find ${repository}:${String(line)}`,
    });
    await window.step('the frame that threw', () => frame.waitFor());
    await frame.scrollIntoViewIfNeeded();
    await window.screenshot('stack');
    await frame.click();
    await window.waitForCursor({ file: 'orders.repository.ts', line });
    assert.equal(await window.page.locator('.editor-group-container').count(), 2);
    assert.ok(await waterfall.frame.locator('[role="tree"]').isVisible());
  });
});

describe('paths of another machine', () => {
  const opened = openedHere();
  let folder = '';
  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-checkout-')));
    await cp(fileURLToPath(new URL('../fixtures/apps/users', import.meta.url)), folder, {
      recursive: true,
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('have the mapping offered that would tell their files, once, and one click sets it', async function () {
    this.timeout(240_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    const browser = await opened.browser();
    const window = await opened.window(server, browser, folder);
    await window.openFile('src/users/users.controller.ts');
    await receives(receiver);
    const traceId = randomBytes(16).toString('hex');
    await sendOtlp(receiver, elsewhere(traceId));
    await window.runCommand('Spanhop: Refresh');
    const toast = window.page.locator('.notification-toast', { hasText: '/srv/checkout' });
    await window.step('the offer', () => toast.waitFor());
    await window.screenshot('path-mapping-offer');
    assert.match(
      (await window.notifications()).join(),
      /\/srv\/checkout on the spans looks like src\/users here\. Add a path mapping to map 12 more spans\?/,
    );
    await toast.getByRole('button', { name: 'Apply' }).click();
    const settings = join(folder, '.vscode/settings.json');
    let written = '';
    await window.until('the setting', async () => {
      written = await readFile(settings, 'utf8').catch(() => '');
      return written.includes('/srv/checkout');
    });
    assert.deepEqual(JSON.parse(written), {
      'spanhop.pathMappings': { '/srv/checkout': 'src/users' },
    });
    const waterfall = await WaterfallPage.openTrace(window, traceId);
    await window.until('a line that is exact', async () =>
      (await waterfall.rows()).some(({ label }) => label.includes('exact')),
    );

    await rm(join(folder, '.vscode'), { recursive: true });
    await window.reload();
    await window.openFile('src/users/users.controller.ts');
    await window.runCommand('Spanhop: Refresh');
    await WaterfallPage.openTrace(window, traceId);
    assert.deepEqual(await window.notifications(), []);
  });

  it('are no links in the offer, whatever they say', async function () {
    this.timeout(240_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    const window = await opened.window(server, await opened.browser(), folder);
    await window.openFile('src/users/users.controller.ts');
    await receives(receiver);
    const evil = '/srv/[checkout](command:workbench.action.quit)';
    await sendOtlp(receiver, elsewhere(randomBytes(16).toString('hex'), evil));
    await window.runCommand('Spanhop: Refresh');
    const toast = window.page.locator('.notification-toast', { hasText: 'checkout' });
    await window.step('the offer', () => toast.waitFor());
    await window.screenshot('path-mapping-offer-hostile');
    assert.match((await window.notifications()).join(), /command:workbench\.action\.quit/);
    assert.equal(await toast.locator('.notification-list-item-message a').count(), 0);
  });
});

/** Twelve spans of a service nobody knows, of two files of a checkout elsewhere. */
const elsewhere = (traceId: string, checkout = '/srv/checkout') =>
  Array.from({ length: 12 }, (_, index) =>
    makeSpan({
      id: `00f067aa0ba9${(0x1000 + index).toString(16)}`,
      traceId,
      service: 'elsewhere',
      name: `step ${String(index)}`,
      start: (Math.floor(Date.now() / 1_000) - 60) * 1_000_000,
      duration: 1_000,
      attributes: {
        'code.file.path': `${checkout}/users.${index % 2 === 0 ? 'service' : 'controller'}.ts`,
        'code.line.number': 9,
      },
    }),
  );
