import { microseconds, spanRow, type SpanRow } from '../../src/core/base/units.ts';
import type { TraceShape } from '../../src/core/trace/trace.ts';
import type { Folds } from '../../src/core/waterfall/fold.ts';
import { foldDifference, foldsOf, type FoldDifference } from '../../src/core/waterfall/foldBase.ts';
import { rowKey, rowsOfKeys } from '../../src/core/waterfall/spanIds.ts';
import { clampRange, isWhole, wholeRange } from '../../src/core/waterfall/timeRange.ts';
import {
  protocolVersion,
  type OpenedTrace,
  type WaterfallState,
} from '../../src/protocol/waterfall.ts';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { keepPlace, placeOnScreen } from './rows/keepPlace.ts';

/** Folds and open groups kept at most, of each: with more, the state would outweigh the page. */
const maxKept = 5_000;

/** The view is kept at each step, its folds change at few. */
const differences = new WeakMap<Folds, FoldDifference>();

function differenceOf(shape: TraceShape, folds: Folds): FoldDifference {
  const known = differences.get(folds) ?? foldDifference(shape, folds);
  differences.set(folds, known);
  return known;
}

/** What to keep of the view; undefined before there is a trace. */
export function savedView(model: WaterfallModel): WaterfallState | undefined {
  const { trace, viewState: view, selection } = model;
  if (!trace) return undefined;
  const { shape, spanIds } = trace.opened;
  const keyOf = (row: SpanRow) => rowKey(spanIds, row);
  const { base, flipped } = differenceOf(shape, view.folds);
  const { from, members } = trace.groups;
  const firstOf = (group: number) => spanRow(members[from[group] ?? 0] ?? 0);
  return {
    version: protocolVersion,
    traceId: shape.traceId,
    selectedSpanId:
      selection && keyOf(selection.group < 0 ? selection.row : firstOf(selection.group)),
    isGroupSelected: (selection?.group ?? -1) >= 0,
    foldBase: base,
    flippedSpanIds: flipped.slice(0, maxKept).map(keyOf),
    isGrouped: view.isGrouped,
    openGroupIds: [...view.openGroups].slice(0, maxKept).map((group) => keyOf(firstOf(group))),
    ...(view.focus !== undefined && { focusSpanId: keyOf(view.focus) }),
    shortest: view.shortest,
    scrollTop: model.scrollTop,
    filter: view.filter,
    ...(isWhole(view.range, shape.duration)
      ? { viewStart: 0, viewEnd: 0 }
      : { viewStart: view.range.start, viewEnd: view.range.end, traceStart: shape.start }),
    detailsOpen: model.detailsOpen,
    onlyMatches: view.onlyMatches,
    onlyCritical: view.onlyCritical,
    detailsShare: model.detailsShare,
    view: model.view,
    viewSettings: model.viewSettings,
    joinedTraceIds: trace.opened.joined.map(({ traceId: id }) => id),
    ...(model.costsOpen !== undefined && { costsOpen: model.costsOpen }),
    ...(model.comparedWith !== undefined && { comparedWith: model.comparedWith }),
    ...(model.chosenNamesShare !== undefined && { namesShare: model.chosenNamesShare }),
  };
}

/** Brings a kept view back; what no longer fits the trace is left out. */
export function restoreView(model: WaterfallModel, state: WaterfallState): void {
  const { trace } = model;
  if (!trace) return;
  const rowOf = rowsOf(trace, state);
  const rowsOfIds = (ids: readonly string[]) => ids.flatMap((id) => rowOf(id) ?? []);
  const { shape } = trace.opened;
  const isZoomed = state.viewEnd > state.viewStart;
  const earlier = (state.traceStart ?? shape.start) - shape.start;
  model.restart({
    foldBase: state.foldBase,
    folds: foldsOf(shape, { base: state.foldBase, flipped: rowsOfIds(state.flippedSpanIds) }),
    isGrouped: state.isGrouped,
    openGroups: new Set(
      rowsOfIds(state.openGroupIds)
        .map((row) => trace.groups.of[row] ?? -1)
        .filter((group) => group >= 0),
    ),
    focus: rowOf(state.focusSpanId),
    shortest: microseconds(state.shortest),
    filter: state.filter,
    onlyMatches: state.onlyMatches ?? false,
    onlyCritical: state.onlyCritical ?? false,
    range: isZoomed
      ? clampRange(
          { start: state.viewStart + earlier, end: state.viewEnd + earlier },
          shape.duration,
        )
      : wholeRange(shape.duration),
  });
  const row = rowOf(state.selectedSpanId);
  const group = row !== undefined && state.isGroupSelected === true ? trace.groups.of[row] : -1;
  model.choose(row === undefined ? undefined : { row, group: group ?? -1 });
  model.detailsOpen = state.detailsOpen;
  model.costsOpen = state.costsOpen;
  if (state.namesShare !== undefined) model.setNamesShare(state.namesShare);
  if (state.detailsShare !== undefined) model.setDetailsShare(state.detailsShare);
  model.comparedWith = state.comparedWith;
  model.viewSettings = state.viewSettings ?? {};
  if (state.view !== undefined) model.setView(state.view);
  model.scrollTop = state.scrollTop;
  model.reveal = undefined;
}

/** The trace was read or mapped again: it is looked at as before, as far as that fits. */
export function showAgain(model: WaterfallModel, opened: OpenedTrace): void {
  if (model.remap(opened)) return;
  const view = savedView(model);
  const place = placeOnScreen(model);
  const marked = markedSpans(model);
  model.show(opened);
  if (view) restoreView(model, view);
  if (marked) restoreMarks(model, marked);
  if (place) keepPlace(model, place);
}

/** Finds the rows of all keys of a state by one walk over the trace. */
function rowsOf(trace: PageTrace, state: WaterfallState) {
  const { spanIds, shape } = trace.opened;
  const { selectedSpanId = '', focusSpanId = '', flippedSpanIds, openGroupIds } = state;
  const keys = [...flippedSpanIds, ...openGroupIds, selectedSpanId, focusSpanId];
  const rows = rowsOfKeys(spanIds, shape.size, keys);
  return (key: string | undefined) => (key === undefined ? undefined : rows.get(key));
}

/** The spans that the host marked; undefined when it marked none. */
function markedSpans(
  model: WaterfallModel,
): { readonly keys: readonly string[]; readonly label: string } | undefined {
  const { trace, matches, markLabel } = model;
  if (!trace || !matches || markLabel === '') return undefined;
  const rows = Array.from(matches, (match, row) => (match === 1 ? [spanRow(row)] : [])).flat();
  return { keys: rows.map((row) => rowKey(trace.opened.spanIds, row)), label: markLabel };
}

/** Marks them again in the trace as it is now. */
function restoreMarks(
  model: WaterfallModel,
  { keys, label }: NonNullable<ReturnType<typeof markedSpans>>,
): void {
  if (!model.trace) return;
  const { shape, spanIds } = model.trace.opened;
  model.setMarks([...rowsOfKeys(spanIds, shape.size, keys).values()], label);
}
