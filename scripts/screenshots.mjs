// `npm run screenshots`: takes the README's pictures in the real editor, on the sample's own traces.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { continueUnderEditorNode, ensureInstalled, root, run, shopFolder } from './setup.mjs';

const log = (line) => console.log(line);
await ensureInstalled(root, log);
await continueUnderEditorNode();

const { launchChromium } = await import('../test/support/chromium.ts');
const { EditorWindow } = await import('../test/support/editor/editorWindow.ts');
const { startEditorServer } = await import('../test/support/editor/startEditorServer.ts');
const { WaterfallPage } = await import('../test/support/editor/waterfallPage.ts');
const { freePort } = await import('../test/support/freePort.ts');
const { installShop, runTraffic, startShop } = await import('../test/support/shop.ts');
const { packageExtension } = await import('./package.mjs');

const controller = 'apps/shop-api/src/orders/orders.controller.ts';
const pricing = 'apps/shop-api/src/pricing/pricing.client.ts';
const refund = 'post<Refund>';
const remove = "async remove(@Param('id', ParseIntPipe) id: number)";

log('Building the package and the sample');
await run(process.execPath, [join(root, 'esbuild.js')]);
const { path } = await packageExtension();
await installShop(log);
const port = await freePort();
const server = await startEditorServer({
  extensions: [path],
  settings: {
    'spanhop.localStore.port': port,
    'workbench.colorTheme': 'Default Dark Modern',
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'window.title': '${rootName}',
  },
});
const browser = await launchChromium();
let shop;
await mkdir(join(root, 'docs/images'), { recursive: true });
try {
  const window = await EditorWindow.open({
    browser,
    address: server.address(shopFolder),
    screenshots: join(root, 'out/screenshots/readme'),
    size: { width: 1400, height: 820 },
    pixelRatio: 1.5,
  });
  await window.openFile(controller);
  log('Running the sample');
  shop = await startShop({ otlpEndpoint: `http://127.0.0.1:${port}` });
  await runTraffic(shop, { seed: 7, rate: 2, seconds: 40 });
  await shop.flush();
  await window.views.openContainer('Spanhop');
  await window.views.widen(440);
  await window.runCommand('Spanhop: Refresh');
  await window.lenses.above(await lineOf(remove, -2));
  await take('overview');

  await window.lenses.click(await lineOf(remove, -2), 'p95');
  await window.quickInput.entries('Slowest traces of ');
  await take('slowest');

  await window.quickInput.takeFirst('Slowest traces of ');
  const waterfall = await WaterfallPage.shown(window);
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await waterfall.focusTree();
  await waterfall.press('Escape'); // no spans of the handler marked
  await take('folded');

  const costliest = waterfall.frame.locator('.row:not([hidden])', { hasText: /22 ×\s*POST/ });
  await costliest.locator('.row-operation').click();
  await waterfall.focusTree();
  await waterfall.press('Enter');
  await window.waitForCursor({ file: 'pricing.client.ts', line: await lineOf(refund, 0, pricing) });
  for (let line = 0; line < 12; line += 1) await window.page.keyboard.press('Control+ArrowDown');
  await take('line');

  /** Once nothing moves any more. */
  async function take(name) {
    await window.page.mouse.move(700, 819);
    await window.page.waitForTimeout(4_000);
    const picture = join(root, 'docs/images', `${name}.png`);
    await copyFile(await window.screenshot(name), picture);
    log(picture);
  }
} finally {
  await shop?.stop();
  await browser.close();
  await server.close();
}

/** The line of a file of the sample, by default of the controller, so many below the one with the text. */
async function lineOf(text, offset, path = controller) {
  const lines = (await readFile(join(shopFolder, path), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1 + offset;
}
