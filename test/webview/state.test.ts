import assert from 'node:assert/strict';
import { spanLabel } from '../../src/core/trace/spanLabel.ts';
import { readSavedState } from '../../src/protocol/savedState.ts';
import { readRecording } from '../support/recordedSpans.ts';
import { makeSpan } from '../support/span.ts';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: what it keeps and what it is told', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (...options: Parameters<WaterfallPages['open']>) =>
    new WaterfallView(await pages.open(...options));

  it('selection, folds, filter, zoom, sizes and scroll position survive a reload', async () => {
    const view = await open();
    await view.row('prisma orderItem.delete').locator('.twistie').click();
    await view.filter.fill('delete');
    await view.press('ArrowDown', 'z');
    await view.press('End');
    const before = await view.savedState();
    assert.ok(before.scrollTop > 1_000 && before.flippedSpanIds.length === 1);
    await view.page.reload();
    await view.rows.first().waitFor();
    await view.frame();
    assert.deepEqual(await view.savedState(), before);
    assert.equal(await view.filter.inputValue(), 'delete');
    assert.equal(await view.selected.isVisible(), true);
    await view.close();
  });

  it('which trace it is outlasts a reload before it has arrived, and its first look is as ever', async () => {
    const silent = await open({ trace: { kind: 'silent' } });
    const kept = await silent.page.evaluate<unknown>(() =>
      (window.acquireVsCodeApi() as { getState: () => unknown }).getState(),
    );
    assert.equal(readSavedState(kept)?.traceId, '0af7651916cd43dd8448eb211c80319c');
    await silent.close();
    const [first, again] = [await open(), await open()];
    await again.page.evaluate((state) => {
      (window.acquireVsCodeApi() as { setState: (state: unknown) => void }).setState(state);
    }, kept);
    await again.page.reload();
    await again.rows.first().waitFor();
    assert.deepEqual(await again.lines(), await first.lines());
    assert.equal(await again.details.count(), await first.details.count());
    await first.close();
    await again.close();
  });

  it('a trace read again keeps the selected span, though its row moved', async () => {
    const view = await open();
    await view.press('Home', 'ArrowDown', 'ArrowDown');
    const label = await view.focusedLabel();
    const row = await view.selected.getAttribute('data-row');
    await view.page.evaluate(() => window.fakeHost.readAgain());
    await view.row('late arrival').waitFor();
    assert.equal(await view.focusedLabel(), label);
    assert.notEqual(await view.selected.getAttribute('data-row'), row);
    await view.close();
  });

  it('rows stay where they are on screen when spans come above them, unless they are at their beginning', async () => {
    const steps = Array.from({ length: 200 }, (_, index) =>
      makeSpan({
        id: (index + 2).toString(16).padStart(16, '0'),
        parent: '0000000000000001',
        name: `step ${String(index)}.`,
        start: (index + 1) * 1_000,
        duration: 900,
      }),
    );
    const root = makeSpan({ id: '0000000000000001', name: 'import', duration: 300_000 });
    const scrolled = async (top: number) => {
      const view = await open({ trace: { kind: 'spans', spans: [root, ...steps] } });
      await view.tree.evaluate((tree, y) => tree.scrollTo(0, y), top);
      await view.frame();
      return view;
    };
    const topOf = async (view: WaterfallView, name: string) =>
      (await view.row(name).boundingBox())!.y;
    const grow = async (view: WaterfallView) => {
      await view.page.evaluate(() => window.fakeHost.readAgain());
      await view.frame();
    };
    const atStart = await scrolled(0);
    await grow(atStart);
    await atStart.row('late arrival').waitFor();
    assert.equal(await atStart.tree.evaluate(({ scrollTop }) => scrollTop), 0);
    await atStart.close();
    for (const isSelected of [false, true]) {
      const view = await scrolled(1_510);
      if (isSelected) await view.row('step 72.').click();
      await view.frame();
      const before = await topOf(view, 'step 72.');
      await grow(view);
      assert.equal(await topOf(view, 'step 72.'), before);
      await view.press('Home');
      await view.row('late arrival').waitFor();
      await view.close();
    }
  });

  it('all of a trace stays all of it when it grows, also over a reload', async () => {
    const view = await open();
    await view.page.evaluate(() => window.fakeHost.readAgain(5_000_000));
    await view.row('late arrival').waitFor();
    const isWhole = () => view.button('Show entire trace (0)').isDisabled();
    assert.equal(await isWhole(), true);
    const { viewStart, viewEnd } = await view.savedState();
    assert.deepEqual([viewStart, viewEnd], [0, 0]);
    await view.page.reload();
    await view.rows.first().waitFor();
    assert.equal(await isWhole(), true);
    await view.close();
  });

  it('a failed read says why and can be tried again', async () => {
    const reason = 'http://localhost:16686 did not answer within 10 s. Is Jaeger running?';
    const view = await open({ trace: { kind: 'failing', reason } });
    await view.page.getByText(reason).waitFor();
    await view.button('Try again').click();
    await view.page.waitForFunction(
      () => window.fakeHost.calls.filter(({ method }) => method === 'ready').length === 2,
    );
    await view.page.getByText(reason).waitFor();
    await view.screenshot('failed');
    await view.close();
  });

  it('notices of a cut trace are shown', async () => {
    const view = await open({ notices: ['Jaeger stopped at 20,000 spans.'] });
    await view.page.getByText('Jaeger stopped at 20,000 spans.').waitFor();
    await view.close();
  });

  it('the details can be resized by key, closed and opened', async () => {
    const view = await open();
    const sash = view.page.getByRole('separator', { name: 'Details size' });
    const width = async () => (await view.page.locator('.details-box').boundingBox())?.width ?? 0;
    const before = await width();
    await sash.focus();
    for (let press = 0; press < 5; press++) await view.page.keyboard.press('ArrowLeft');
    await view.frame();
    assert.ok((await width()) > before + 50);
    await view.button('Details').click();
    await view.frame();
    assert.equal(await view.details.count(), 0);
    await view.row('JwtGuard').click();
    await view.details.getByText('JwtGuard.canActivate').waitFor();
    await view.close();
  });

  it('borders are dragged with the first button alone, and leave the keyboard where it was', async () => {
    const view = await open();
    const sash = view.page.getByRole('separator', { name: 'Name column width' });
    const left = async () => (await sash.boundingBox())!.x;
    const drag = async (button: 'left' | 'right') => {
      await view.page.mouse.move((await left()) + 0.5, 400);
      await view.page.mouse.down({ button });
      await view.page.mouse.move((await left()) + 60, 400);
      await view.frame();
      await view.page.mouse.up({ button });
    };
    await view.press('Home');
    const before = await left();
    await drag('right');
    assert.equal(await left(), before);
    await drag('left');
    assert.ok(Math.abs((await left()) - before - 60) < 3);
    await view.page.keyboard.press('ArrowDown');
    await view.frame();
    assert.match((await view.focusedLabel()) ?? '', /middleware/);
    await view.close();
  });

  it('a recorded NestJS and Prisma request is shown with its attributes', async () => {
    const recorded = readRecording('nest-prisma-spans', 'shop');
    const first = recorded[0];
    assert.ok(first);
    const spans = recorded.filter(({ traceId }) => traceId === first.traceId);
    const view = await open({ trace: { kind: 'spans', spans } });
    const lines = await view.lines();
    assert.deepEqual([...lines].sort(), spans.map(spanLabel).sort());
    const query = spans.find(({ name }) => name === 'prisma:client:operation');
    assert.ok(query);
    await view.row(spanLabel(query)).click();
    for (const { key } of query.attributes)
      await view.details.getByRole('rowheader', { name: key, exact: true }).waitFor();
    await view.screenshot('recorded');
    await view.close();
  });

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});
