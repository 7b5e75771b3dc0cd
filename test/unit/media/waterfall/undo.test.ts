import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { allFolded } from '../../../../src/core/waterfall/fold.ts';
import { isWhole, wholeRange } from '../../../../src/core/waterfall/timeRange.ts';
import { folded, rowChanges } from '../../../../src/core/waterfall/viewChanges.ts';
import { openingView } from '../../../../src/core/waterfall/viewState.ts';
import type { RowHabits } from '../../../../src/core/waterfall/rowHabits.ts';
import type { Host } from '../../../../media/waterfall/host.ts';
import { keepHabits } from '../../../../media/waterfall/keepHabits.ts';
import type { WaterfallModel } from '../../../../media/waterfall/model.ts';
import { showAgain } from '../../../../media/waterfall/savedView.ts';
import { showSpans } from '../../../../media/waterfall/views/showSpans.ts';
import { openedFrom, pageOf } from '../../../support/rowsText.ts';
import { trickyTraces } from '../../../support/trickyTraces.ts';

const { clockSkew, failingGroups, unfinished, finished } = trickyTraces;
const type = (model: WaterfallModel, text: string) => {
  for (let length = 1; length <= text.length; length += 1)
    model.setFilter(text.slice(0, length), 'filter');
};
const isAllShown = ({ range, shape }: WaterfallModel) => isWhole(range, shape?.duration ?? 0);

describe('undoing in the waterfall', () => {
  it('brings back a filter that was cleared or replaced; what is typed is one step', () => {
    const model = pageOf(openedFrom(failingGroups));
    type(model, 'status:error');
    model.setFilter('');
    model.undo();
    assert.equal(model.filter, 'status:error');
    model.undo();
    assert.equal(model.filter, '');
    assert.equal(model.canUndo, false);
    model.setFilter('service:shop');
    model.setFilter('error');
    model.undo();
    assert.equal(model.filter, 'service:shop');
  });

  it('has no step for what shows the same again', () => {
    const model = pageOf(openedFrom(failingGroups));
    const again = [
      () => model.change(rowChanges.asOpened),
      () => model.setRange(wholeRange(model.shape?.duration ?? 0)),
      () => model.setOnlyMatches(false),
      () => model.change(folded({ row: spanRow(0), group: -1 }, false)),
    ];
    for (const change of again) {
      change();
      assert.equal(model.canUndo, false, String(change));
    }
    const rows = model.lines.count;
    model.changeRows(rowChanges.collapsedAll);
    model.changeRows(rowChanges.collapsedAll);
    model.undo();
    assert.equal(model.lines.count, rows);
    assert.equal(model.canUndo, false);
  });

  it('has one step for spans that are shown from another view, and none when they are shown again', () => {
    const model = pageOf(openedFrom(failingGroups));
    const { trace } = model;
    assert.ok(trace);
    for (let times = 0; times < 2; times += 1)
      showSpans(model, trace, { rows: [spanRow(1)], term: undefined, label: 'one' });
    assert.equal(model.onlyMatches, true);
    model.undo();
    assert.equal(model.onlyMatches, false);
    assert.equal(model.canUndo, false);
  });

  it('goes back one zoom to a span after the other; wheel and keys that zoom bit by bit are one step', () => {
    const model = pageOf(openedFrom(failingGroups));
    const whole = model.range;
    model.setRange({ start: 10, end: 90 });
    const first = model.range;
    model.setRange({ start: 20, end: 40 });
    for (const end of [39, 38, 37]) model.setRange({ start: 20, end }, 'range');
    model.undo();
    assert.deepEqual(model.range, { start: 20, end: 40 });
    model.undo();
    assert.deepEqual(model.range, first);
    model.undo();
    assert.deepEqual(model.range, whole);
  });

  it('says what is shown then', () => {
    const model = pageOf(openedFrom(failingGroups));
    const rows = `${String(model.lines.count)} rows.`;
    model.changeRows(rowChanges.collapsedAll);
    model.undo();
    assert.equal(model.announcement, rows);
    model.redo();
    assert.equal(model.announcement, '1 row.');
    type(model, 'status:error');
    const found = model.announcement;
    model.setOnlyMatches(true);
    assert.match(model.announcement, /rows\.$/);
    model.setOnlyMatches(false);
    model.setFilter('');
    model.undo();
    assert.equal(model.announcement, found);
  });

  it('leaves no name of marked spans over the matches of a filter', () => {
    const model = pageOf(openedFrom(failingGroups));
    type(model, 'status:error');
    const ofFilter = model.matchCount;
    model.mark([spanRow(0)], 'Spans of find');
    assert.deepEqual([model.filter, model.markLabel, model.matchCount], ['', 'Spans of find', 1]);
    model.undo();
    assert.deepEqual(
      [model.filter, model.markLabel, model.matchCount],
      ['status:error', '', ofFilter],
    );
  });

  it('takes spans that another view leads to as one step, by a filter or marked', () => {
    const model = pageOf(openedFrom(failingGroups));
    assert.ok(model.trace);
    for (const term of ['service:=shop', undefined]) {
      model.restart({ ...openingView(model.trace.opened.shape), filter: 'status:error' });
      model.select(spanRow(model.trace.opened.shape.size - 1));
      model.restart({ ...model.viewState, folds: allFolded(model.trace.opened.shape) });
      model.setView('statistics');
      const { viewState } = model;
      showSpans(model, model.trace, { rows: [spanRow(1)], term, label: 'find' });
      assert.deepEqual([model.view, model.onlyMatches], ['waterfall', true]);
      model.undo();
      assert.equal(model.viewState, viewState);
      assert.equal(model.canUndo, false);
      model.redo();
      assert.equal(model.onlyMatches, true);
    }
  });

  it('goes on where the same trace was mapped anew, with its filter and what was marked', () => {
    const model = pageOf(openedFrom(failingGroups));
    model.change(rowChanges.collapsedAll);
    type(model, 'status:error');
    const { matchCount, viewState, selection } = model;
    const remapped = openedFrom(failingGroups);
    showAgain(model, { ...remapped, places: { ...remapped.places, texts: ['orders.ts:7'] } });
    assert.deepEqual(model.trace?.places, ['orders.ts:7']);
    assert.equal(model.viewState, viewState);
    assert.deepEqual([model.matchCount, model.selection], [matchCount, selection]);
    model.undo();
    model.undo();
    assert.equal(model.canUndo, false);
    model.mark([spanRow(0)], 'Spans of find');
    showAgain(model, openedFrom(failingGroups));
    assert.deepEqual([model.markLabel, model.matchCount], ['Spans of find', 1]);
  });

  it('shows the same part of the time once a span arrived that began earlier', () => {
    const model = pageOf(openedFrom(unfinished));
    const seen = () => {
      const { range, shape } = model;
      const { start = 0 } = shape ?? {};
      return [start + range.start, start + range.end];
    };
    model.setRange({ start: 5_000, end: 20_000 });
    const before = seen();
    const began = model.shape?.start ?? 0;
    showAgain(model, openedFrom(finished));
    assert.ok((model.shape?.start ?? 0) < began);
    assert.deepEqual(seen(), before);
  });

  it('begins anew where spans arrived: rows of before are others', () => {
    const model = pageOf(openedFrom(unfinished));
    model.change(folded({ row: spanRow(0), group: -1 }, true));
    showAgain(model, openedFrom(finished));
    assert.equal(model.canUndo, false);
  });

  it('keeps all of the trace on screen when clocks are adjusted, shown as recorded, and undone', () => {
    const model = pageOf(openedFrom(clockSkew));
    const recorded = model.shape?.duration;
    model.change(rowChanges.collapsedAll);
    model.setAdjustedClocks(true);
    assert.notEqual(model.shape?.duration, recorded);
    assert.ok(isAllShown(model));
    model.undo();
    assert.ok(isAllShown(model));
    model.setAdjustedClocks(false);
    assert.ok(isAllShown(model));
    model.redo();
    assert.ok(isAllShown(model));
  });

  it('of how rows are looked at is kept for the next trace as well', () => {
    const before = globalThis.requestAnimationFrame;
    const frames: FrameRequestCallback[] = [];
    globalThis.requestAnimationFrame = (run) => frames.push(run);
    const nextFrame = () => frames.splice(0).forEach((run) => run(0));
    try {
      const model = pageOf(openedFrom(failingGroups));
      const kept: RowHabits[] = [];
      const call = (_: string, habits: RowHabits) => Promise.resolve(kept.push(habits));
      keepHabits({ call } as unknown as Host, model);
      nextFrame();
      model.change(rowChanges.everything);
      nextFrame();
      model.undo();
      nextFrame();
      assert.deepEqual(
        kept.map(({ isGrouped }) => isGrouped),
        [false, true],
      );
    } finally {
      globalThis.requestAnimationFrame = before;
    }
  });
});
