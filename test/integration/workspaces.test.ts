import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan, type SpanSketch } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { ordersController, receives, shopLine, stage } from './stage.ts';

const start = Math.floor(Date.now() / 1_000 - 60) * 1_000_000;
const traceId = 'a3ce929d0e0e4736a3ce929d0e0e4736';
const ofService = (sketch: SpanSketch) =>
  makeSpan({ traceId, service: 'backoffice', duration: 5_000, ...sketch, start: start + 1_000 });

describe('a workspace of two folders, shop-api and pricing-api', () => {
  const opened = openedHere();
  let folder = '';
  let window: EditorWindow;
  before(async function () {
    this.timeout(240_000);
    const { server, browser } = await stage();
    folder = await mkdtemp(join(tmpdir(), 'spanhop-folders-'));
    const file = join(folder, 'shop.code-workspace');
    const folders = ['shop-api', 'pricing-api'].map((app) => ({
      path: join(shopFolder, 'apps', app),
    }));
    await writeFile(file, JSON.stringify({ folders }));
    window = await opened.window(server, browser, file);
    const shown = window.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ hasText: 'pricing-api' });
    // Of a window that reads its workspace file late, VS Code says that no folder is open, until it is loaded again.
    await shown
      .first()
      .waitFor({ timeout: 20_000 })
      .catch(() => window.reload());
    await window.step('both folders in the explorer', () => shown.first().waitFor());
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has its groups of endpoints by service, each with its folder', async () => {
    await window.views.openContainer('Spanhop');
    for (const service of ['shop-api', 'pricing-api']) {
      await window.views.collapse('Traces');
      await window.views.focus('Endpoints');
      await window.page.keyboard.press(service === 'shop-api' ? 'Home' : 'End');
      const group = window.views.rows('Endpoints', service).filter({ hasText: 'with traces' });
      await window.step(`the group ${service}`, () => group.first().waitFor());
      await window.until('its folder', async () =>
        (await group.first().innerText()).endsWith(`with traces · ${service}`),
      );
      await window.screenshot(`folders-${service}`);
    }
    await window.views.expand('Traces');
  });

  it('has lenses in both, and a click leads from one into the other', async () => {
    await window.openFile('src/orders/orders.controller.ts');
    const line = shopLine(ordersController, "@Delete(':id')");
    const waterfall = await WaterfallPage.openSlowest(window, line);
    await waterfall.select('POST /pricing/quotes/refund');
    await waterfall.press('Enter');
    const quotes = 'apps/pricing-api/src/quotes/quotes.controller.ts';
    await window.waitForCursor({ file: 'quotes.controller.ts', line: shopLine(quotes, 'refund(') });
    await window.lenses.above(shopLine(quotes, "@Post('refund')"));
    assert.match(await waterfall.details(), /pricing-api\/src\/quotes\/quotes\.controller\.ts:\d+/);
    await window.screenshot('folders-across');
  });
});

describe('a service of which no folder is known', () => {
  const opened = openedHere();
  let folder = '';
  let window: EditorWindow;
  let waterfall: WaterfallPage;
  const controller = () => join(folder, 'services/one/src/orders/orders.controller.ts');
  before(async function () {
    this.timeout(180_000);
    folder = await mkdtemp(join(tmpdir(), 'spanhop-placed-'));
    await copyService('shop-api', 'one');
    await copyService('pricing-api', 'two');
    const { browser } = await stage();
    const port = await freePort();
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, browser, folder);
    await window.openFile('services/one/src/orders/orders.controller.ts');
    const receiver = `http://127.0.0.1:${String(port)}`;
    await receives(receiver);
    await sendOtlp(receiver, spans());
    await window.runCommand('Spanhop: Refresh');
    await window.views.openContainer('Spanhop');
    await window.views.rows('Traces', 'DELETE /api/v1/orders/:id').first().click();
    waterfall = await WaterfallPage.shown(window);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function copyService(app: string, name: string): Promise<void> {
    const target = join(folder, 'services', name);
    await mkdir(target, { recursive: true });
    await cp(join(shopFolder, 'apps', app, 'src'), join(target, 'src'), { recursive: true });
    const dependencies = { '@nestjs/common': '11', '@nestjs/core': '11' };
    await writeFile(join(target, 'package.json'), JSON.stringify({ name, dependencies }));
  }

  const spans = () => [
    ofService({
      id: '00f067aa0ba902b1',
      name: 'DELETE /api/v1/orders/:id',
      kind: 'server',
      duration: 100_000,
      scope: '@opentelemetry/instrumentation-http',
      attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/v1/orders/:id' },
    }),
    ofService({
      id: '00f067aa0ba902b2',
      parent: '00f067aa0ba902b1',
      name: 'an outside file',
      attributes: { 'code.file.path': '/etc/hosts', 'code.line.number': 1 },
    }),
  ];

  const showsDetails = (text: string, what: string) =>
    window.until(what, async () => (await waterfall.details()).includes(text));

  it('says that a file outside the workspace is not opened, and which', async () => {
    await waterfall.select('an outside file');
    await waterfall.press('Enter');
    await window.until('the reason', async () =>
      (await waterfall.frame.locator('body').innerText()).includes(
        "/etc/hosts, the file recorded on the span, isn't in the workspace.",
      ),
    );
    assert.equal(await window.page.locator('.tab', { hasText: 'hosts' }).count(), 0);
    await window.screenshot('outside-the-workspace');
  });

  it('says in the details that its folder is not known', async () => {
    await waterfall.select('DELETE /api/v1/orders/:id');
    await showsDetails('No folder found for service backoffice.', 'what is not known');
    await window.screenshot('folder-unknown');
  });

  it('maps once its folder is chosen in the Endpoints view', async () => {
    const group = window.views.rows('Endpoints', 'backoffice').first();
    await group.hover();
    await group.locator('.action-label').first().click();
    await window.quickInput.fillPath('Folder of backoffice', join(folder, 'services/one'));
    await window.screenshot('folder-picker');
    await window.page
      .locator('.quick-input-widget .monaco-button', { hasText: 'Use This Folder' })
      .click();
    await window.until('the folder in the group', async () =>
      (await group.innerText()).includes('services/one'),
    );
    await showsDetails('Very likely this line.', 'a sure location');
    await window.screenshot('folder-chosen');
    const written = await readFile(join(folder, '.vscode/settings.json'), 'utf8');
    assert.deepEqual(JSON.parse(written), { 'spanhop.services': { backoffice: 'services/one' } });
  });

  it('says so when the file of a span was deleted since', async () => {
    await rm(controller());
    await waterfall.focusTree();
    await window.until('no line any more', async () =>
      (await waterfall.details()).includes('No code location.'),
    );
    await waterfall.press('Enter');
    await window.screenshot('file-deleted');
    assert.ok(!(await waterfall.details()).includes('orders.controller.ts'));
  });
});
