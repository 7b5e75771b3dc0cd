import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { atRest } from '../support/editor/atRest.ts';
import { chooseInMenu } from '../support/editor/chooseInMenu.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { askShop, stage, type Stage } from './stage.ts';

describe('the Traces view', () => {
  let all: Stage;
  before(async function () {
    this.timeout(240_000);
    all = await stage();
    const { window } = all;
    await window.views.openContainer('Spanhop');
    await window.views.expand('Traces');
    await window.views.collapse('Endpoints');
    await window.until('traces', async () => (await traces()).length > 5);
  });
  after(async () => {
    await all.window.views.clickAction('Traces', 'Clear Search');
    await all.window.views.expand('Endpoints');
  });

  /** On the screen, without their age: that grows. */
  const traces = async () =>
    (await all.window.views.labels('Traces')).flatMap(
      (label) => /^(.+) · [^·]+ ago$/.exec(label)?.[1] ?? [],
    );
  /** Asks for a field by its row. */
  const choose = async (field: string, question = field) => {
    // A sentence that comes above the rows moves them under the pointer.
    const row = all.window.views.rows('Traces', field);
    await atRest(all.window, field, () => row.boundingBox());
    await row.click();
    await all.window.quickInput.asked(question);
  };
  const addFilter = async (field: string) => {
    await choose('Add Filter…', 'Add Filter');
    await all.window.quickInput.pick('Add Filter', field);
    const { asks } = await all.window.quickInput.asked(field);
    assert.match(asks, /empty for/);
  };
  const found = (what: string, isFound: (labels: readonly string[]) => boolean) => {
    let seen: readonly string[] = [];
    return all.window.until(
      what,
      async () => {
        seen = await traces();
        return isFound(seen);
      },
      () => JSON.stringify(seen.slice(0, 5)),
    );
  };

  it('loads more at its end, and keeps the reader’s place', async () => {
    const { window } = all;
    const toEnd = async () => {
      await window.views.focus('Traces');
      await window.page.keyboard.press('End');
    };
    await toEnd();
    const more = window.views.rows('Traces', 'Load more');
    await window.step('"Load more" at the end', () => more.waitFor());
    const last = (await traces()).at(-1) ?? '';
    await more.click();
    await window.until('no more "Load more" here', async () => !(await more.isVisible()));
    await found('the next traces below', (labels) => labels.includes(last));
    await window.until('other traces at the end', async () => {
      await toEnd(); // again, until the next traces have come
      return !(await traces()).includes(last);
    });
    await window.page.keyboard.press('Home');
  });

  it('lists the durations that are dragged over in the histogram above it, and any again after Escape', async () => {
    const { window } = all;
    await window.views.clickAction('Traces', 'Clear Search');
    await window.views.expand('Durations');
    const page = await window.webview('.bars');
    const bars = page.locator('.bar');
    // The search without conditions may not have ended, nor the view have its height.
    const drawn = await atRest(window, 'the bars', () =>
      bars.evaluateAll((found) =>
        found.map((bar) => [bar.ariaLabel ?? '', bar.getBoundingClientRect().top] as const),
      ),
    );
    const counts = drawn.map(([label]) => Number(/^[\d,]+/.exec(label)?.[0].replace(',', '')));
    const [first, last] = [counts.length - 3, counts.length - 1];
    const slow = counts.slice(first).reduce((sum, count) => sum + count, 0);
    assert.ok(slow > 0 && slow < 20, JSON.stringify(counts));
    await window.screenshot('durations');
    const from = await bars.nth(first).boundingBox();
    const to = await bars.nth(last).boundingBox();
    await window.page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2);
    await window.page.mouse.down();
    await window.page.mouse.move(to!.x + to!.width / 2, to!.y + to!.height / 2, { steps: 5 });
    await window.page.mouse.up();
    await found(`the ${String(slow)} slowest traces`, (labels) => labels.length === slow);
    await window.until('the range in the form', async () =>
      ((await window.views.labels('Traces'))[0] ?? '').includes(' – '),
    );
    assert.equal(await bars.count(), counts.length, 'all durations are still drawn');
    await window.screenshot('durations-chosen');
    await window.page.keyboard.press('Escape');
    await found('traces of any duration', (labels) => labels.length > slow);
    await window.views.collapse('Durations');
  });

  it('finds by service, operation and least duration', async () => {
    const { window } = all;
    await choose('Service');
    const services = await window.quickInput.entries('Service');
    assert.deepEqual(services, ['Any service', 'pricing-api', 'shop-api']);
    await window.quickInput.pick('Service', 'shop-api');
    await found('traces of shop-api', (labels) => labels.length > 5);
    await choose('Operation');
    await window.quickInput.fill('Operation of shop-api', 'DELETE /api/v1/orders/:id');
    await window.quickInput.takeFirst('Operation of shop-api', 'DELETE /api/v1/orders/:id');
    const isDelete = (label: string) => label.startsWith('DELETE /api/v1/orders/:id, shop-api, ');
    await found('only deleted orders', (labels) => labels.length > 1 && labels.every(isDelete));
    const all2 = (await traces()).length;
    await addFilter('Minimum duration');
    await window.quickInput.fill('Minimum duration', 'soon');
    await window.quickInput.asked('Enter a number and a unit');
    await window.quickInput.answer('Minimum duration', '1h');
    await window.until('no trace of an hour', async () =>
      (await window.views.message('Traces')).startsWith('No matching traces. '),
    );
    await window.screenshot('traces-none');
    await choose('Minimum duration');
    await window.quickInput.answer('Minimum duration', '10ms');
    await found('the deleted orders again', (labels) => labels.length === all2);
    const form = await window.views.labels('Traces');
    assert.match(form[0] ?? '', /shop-api · DELETE \/api\/v1\/orders\/:id · ≥ 10 ms · Last hour/);
    await window.screenshot('traces-search');
  });

  it('compares the slowest of them with the fastest, by the code that both run', async () => {
    const { window } = all;
    const rows = window.views.rows('Traces').filter({ hasText: ' ago' });
    const lengths = (await rows.allTextContents()).map(millisecondsOf);
    const [fast, slow] = [Math.min(...lengths), Math.max(...lengths)].map((length) =>
      rows.nth(lengths.indexOf(length)),
    );
    assert.ok(fast && slow);
    await chooseInMenu(window, fast, 'Select for Compare');
    await chooseInMenu(window, slow, 'Compare with Selected');
    const page = await window.webview('.comparison .grid-row');
    const sentence = await page.locator('.comparison-head h2').innerText();
    assert.match(sentence, /^([\d.]+ m?s slower[:,]|As long as the other\.) .+\.$/);
    // Both remove the 22 items of an order: what they call is the same, and stands on one line.
    const refund = page.locator('.grid-row:not([hidden])', { hasText: 'PricingClient.refund' });
    assert.equal(await refund.locator('[role="gridcell"]').first().innerText(), '22');
    assert.match(await refund.innerText(), /pricing\.client\.ts:\d+/);
    await window.screenshot('compared-traces');
    await refund.locator('.grid-name').click();
    const waterfall = await WaterfallPage.shown(window);
    await waterfall.frame.getByText('Spans of ').first().waitFor();
    await window.closeEditors();
  });

  it('finds by attributes and longest duration, until they are removed', async () => {
    const { window } = all;
    await window.views.clickAction('Traces', 'Clear Search');
    const isDelete = (label: string) => label.startsWith('DELETE /api/v1/orders/:id, ');
    await found('any trace', (labels) => labels.some((label) => !isDelete(label)));
    await addFilter('Attributes');
    await window.quickInput.fill('Attributes', 'http.route');
    await window.quickInput.asked('Enter key=value');
    await window.screenshot('traces-attributes-input');
    const both = 'http.route="/api/v1/orders/:id" http.request.method=DELETE';
    await window.quickInput.answer('Attributes', both);
    await found('only deleted orders', (labels) => labels.length > 1 && labels.every(isDelete));
    const deleted = (await traces()).length;
    await addFilter('Maximum duration');
    await window.quickInput.answer('Maximum duration', '1 us');
    await window.until('no trace that short', async () =>
      (await window.views.message('Traces')).startsWith('No matching traces. '),
    );
    await addFilter('Minimum duration');
    await window.quickInput.fill('Minimum duration', '2 us');
    await window.quickInput.asked("can't be longer than the maximum (1 µs)");
    await window.quickInput.close();
    await choose('Maximum duration');
    await window.quickInput.answer('Maximum duration', '');
    await found('the deleted orders again', (labels) => labels.length === deleted);
    const form = await window.views.labels('Traces');
    assert.match(
      form[0] ?? '',
      /^Search http\.route=\/api\/v1\/orders\/:id http\.request\.method=DELETE · Last hour/,
    );
    await window.screenshot('traces-attributes');
    const attributes = window.views.rows('Traces', 'Attributes');
    await attributes.hover();
    await attributes.locator('.action-label[aria-label^="Change"]').click();
    await window.quickInput.answer('Attributes', '');
    await found('any trace again', (labels) => labels.some((label) => !isDelete(label)));
    await window.until('no filter', async () => (await attributes.count()) === 0);
  });

  it('finds errors only, within a time', async () => {
    const { window } = all;
    // The errors of the traffic may be older than a quarter of an hour by now.
    for (const id of [98, 99])
      await askShop(all, `/api/v1/orders/999999${String(id)}`, randomBytes(16).toString('hex'));
    await all.shop.flush();
    await window.views.clickAction('Traces', 'Clear Search');
    await found('any trace', (labels) => labels.some((label) => !label.includes('with errors')));
    await window.until(
      'an empty form',
      async () => (await window.views.labels('Traces'))[0] === 'Search Last hour',
    );
    await window.views.rows('Traces', 'Errors only').click();
    await found(
      'only errors',
      (labels) => labels.length > 1 && labels.every((label) => label.includes('with errors')),
    );
    await choose('Time range');
    await window.quickInput.pick('Time range', 'Last 15 minutes');
    await window.until('the time in the form', async () =>
      ((await window.views.labels('Traces'))[0] ?? '').includes('Last 15 minutes'),
    );
    await found('errors of a quarter of an hour', (labels) => labels.length > 1);
    await window.screenshot('traces-errors');
  });

  it('opens a trace by its id, in capitals and with spaces as well', async () => {
    const { window } = all;
    const row = window.views.rows('Traces').filter({ hasText: ' ago' }).first();
    await row.hover();
    await row.locator('.action-label[aria-label^="Copy Trace ID"]').click();
    let id = '';
    await window.until('an id in the clipboard', async () => {
      id = await window.clipboard();
      return /^[0-9a-f]{32}$/.test(id);
    });
    await askFor(`  ${id.toUpperCase()} `);
    const waterfall = await WaterfallPage.shown(window);
    assert.ok((await waterfall.spanCount()) > 0);
    await window.closeEditors();
  });

  it('says of an id that no trace has it', async () => {
    const { window } = all;
    await askFor('abcdef0123456789abcdef0123456789');
    const page = await window.webview('.waiting, [role="alert"]');
    await window.until('why there is none', async () =>
      (await page.locator('body').innerText()).includes(
        "Trace abcdef0123456789abcdef0123456789 isn't in Local traces",
      ),
    );
    await window.screenshot('trace-unknown');
    await window.closeEditors();
  });

  it('says what an id looks like to one who types another text', async () => {
    const { window } = all;
    for (const id of ['xyz', '0'.repeat(32), 'a'.repeat(33)]) {
      await askFor(id);
      await window.quickInput.asked('Invalid trace ID. Use up to 32 hexadecimal digits');
      await window.quickInput.close();
    }
  });

  async function askFor(id: string): Promise<void> {
    const { window } = all;
    const question = 'Open Trace by ID';
    await window.ask(`Spanhop: ${question}`, question);
    await window.quickInput.fill(question, id);
    await window.quickInput.press('Enter');
  }
});

/** Of a row that begins with its duration: `2.45 s`, `326 ms`. */
function millisecondsOf(row: string): number {
  const [, length = '', unit] = /^\s*([\d.]+) (s|ms|µs)/.exec(row) ?? [];
  return Number(length) * (unit === 's' ? 1_000 : unit === 'ms' ? 1 : 0.001);
}
