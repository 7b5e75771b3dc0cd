import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import type { ThemeName } from './themes.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: where the time went', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) => {
    const view = new WaterfallView(await pages.open(...options));
    return { view, lines: view.page.locator('.cost-main') };
  };

  it('is beside the rows: by kind, by line, with how often, the line and the loop', async () => {
    const { view, lines } = await open();
    await lines.first().waitFor();
    assert.deepEqual((await view.texts('.kind')).slice(0, 2), ['database 82.5%', 'code 16.4%']);
    const most = view.page.locator('.cost').filter({ hasText: '214 ×' });
    assert.match(
      (await most.textContent()) ?? '',
      /%214 × OrderItem.*orders\.service\.ts:87in the loop at orders\.service\.ts:81/,
    );
    await most.getByRole('button', { name: 'in the loop at' }).click();
    assert.equal((await view.calls('openLoop')).length, 1);
    await most.getByRole('button', { name: 'orders.service.ts:87' }).first().click();
    assert.equal((await view.calls('openCode')).length, 1);
    await view.close();
  });

  it('a click marks the spans of a line and selects the first; another takes the marks away', async () => {
    const { view, lines } = await open();
    const most = lines.filter({ hasText: '214 ×' });
    await most.click();
    await view.page.locator('.notice-marks').getByText('214 of').waitFor();
    assert.equal(await most.getAttribute('aria-pressed'), 'true');
    assert.match(
      (await view.focusedLabel()) ?? '',
      /^prisma orderItem\.delete, .*one of 214 calls/,
    );
    await view.screenshot('costs');
    await most.click();
    await view.page.locator('.notice-marks').waitFor({ state: 'detached' });
    await view.button(/^outgoing HTTP/).click();
    await view.page.locator('.notice-marks').getByText('2 of').waitFor();
    await view.close();
  });

  it('a line is not the marked one any more once the code marked others', async () => {
    const { view, lines } = await open();
    const most = lines.filter({ hasText: '214 ×' });
    await most.click();
    await view.page.locator('.cost-main[aria-pressed="true"]').waitFor();
    await view.page.evaluate(() =>
      window.fakeHost.rpc.call('pointOut', { rows: [0] as never, label: 'Spans of a.ts:7' }),
    );
    await view.page.locator('.notice-marks').getByText('1 of').waitFor();
    assert.equal(await most.getAttribute('aria-pressed'), 'false');
    await most.click();
    await view.page.locator('.notice-marks').getByText('214 of').waitFor();
    await view.close();
  });

  it('the marked line stays the same one when the trace grows and rows move', async () => {
    const { view, lines } = await open();
    const pressed = () => view.texts('.cost-main[aria-pressed="true"] .cost-name');
    await lines.nth(1).click();
    await view.page.locator('.cost-main[aria-pressed="true"]').waitFor();
    const before = await pressed();
    await view.page.evaluate(() => window.fakeHost.readAgain());
    await view.row('late arrival').waitFor();
    await view.page.waitForFunction(
      () => window.fakeHost.calls.filter(({ method }) => method === 'traceCosts').length === 2,
    );
    await view.frame();
    assert.deepEqual(await pressed(), before);
    assert.equal(await lines.nth(1).getAttribute('aria-pressed'), 'true');
    await view.close();
  });

  it('is one stop of the keyboard, whose arrows go through the lines', async () => {
    const { view, lines } = await open();
    await lines.first().focus();
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('ArrowDown');
    assert.equal(await lines.nth(2).evaluate((line) => document.activeElement === line), true);
    await view.page.keyboard.press('Enter');
    await view.page.locator('.notice-marks').waitFor();
    await view.page.keyboard.press('End');
    assert.equal(await lines.last().evaluate((line) => document.activeElement === line), true);
    assert.equal(await view.page.locator('.cost-main[tabindex="0"]').count(), 1);
    await view.close();
  });

  it('is closed in a low panel, where it asks nothing until it is opened, also by a reload', async () => {
    const { view, lines } = await open({ width: 640, height: 400 });
    await view.frame();
    assert.equal(await lines.count(), 0);
    assert.equal((await view.calls('traceCosts')).length, 0);
    await view.page.getByText('Where the time went').click();
    await lines.first().waitFor();
    await view.savedState();
    await view.page.reload();
    await lines.first().waitFor();
    await view.close();
  });

  it('says of the trace and of its root how slow it is among others, and what that rests on', async () => {
    const { view } = await open();
    const said = view.page.locator('.summary').getByText('slower than 98% of 1,204');
    await said.waitFor();
    assert.match(
      (await said.getAttribute('title')) ?? '',
      /DELETE \/api\/orders\/:id.*Last hour.*Jaeger/s,
    );
    await view.rows.first().click();
    const fact = view.details.getByText('slower than 98% of 1,204');
    await fact.click();
    await view.details.getByText('Time range: Last hour.').waitFor();
    await view.rows.nth(1).click();
    await fact.waitFor({ state: 'detached' });
    await view.close();
  });

  it('the parts of the critical path are drawn below the bars, those of what has no row too', async () => {
    const { view } = await open({ asOpened: true });
    const parts = async (operation: string | RegExp) =>
      (
        (await view.rows
          .filter({ has: view.page.locator('.row-operation', { hasText: operation }) })
          .first()
          .locator('.bar-critical path')
          .getAttribute('d')) ?? ''
      ).match(/M/g)?.length ?? 0;
    await view.row('DELETE /api').waitFor();
    assert.ok((await parts('orderItem.delete')) >= 1, 'of the members of a group');
    assert.ok((await parts(/^remove$/)) > 20, 'of its own between calls');
    await view.screenshot('critical-parts');
    const own = await parts('DELETE /api');
    assert.ok(own > 1);
    await view.press('Home', 'ArrowLeft');
    assert.equal(await parts('DELETE /api'), 1, 'all of it, folded');
    await view.close();
  });

  for (const theme of ['light', 'highContrast', 'highContrastLight'] as const satisfies ThemeName[])
    it(`is drawn in ${theme}`, async () => {
      const { view, lines } = await open({ theme });
      await lines.filter({ hasText: '214 ×' }).click();
      await view.page.locator('.notice-marks').waitFor();
      await view.screenshot(`costs-${theme}`);
      await view.close();
    });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
