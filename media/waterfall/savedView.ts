import { spanRow } from '../../src/core/base/units.ts';
import { rowsOfKeys, spanKey } from '../../src/core/waterfall/spanIds.ts';
import { isWhole } from '../../src/core/waterfall/timeRange.ts';
import { protocolVersion, type WaterfallState } from '../../src/protocol/waterfall.ts';
import type { WaterfallModel } from './model.ts';

/** Folds kept at most: with more, the state would outweigh the page. */
const maxFolds = 5_000;

/** What to keep of the view; undefined before there is a trace. */
export function savedView(model: WaterfallModel): WaterfallState | undefined {
  if (!model.trace) return undefined;
  const { shape, spanIds } = model.trace.opened;
  const collapsedSpanIds: string[] = [];
  for (let row = 0; row < shape.size && collapsedSpanIds.length < maxFolds; row++)
    if (model.folds[row] === 1) collapsedSpanIds.push(spanKey(spanIds, spanRow(row)));
  return {
    version: protocolVersion,
    traceId: shape.traceId,
    selectedSpanId: model.selected === undefined ? undefined : spanKey(spanIds, model.selected),
    collapsedSpanIds,
    scrollTop: model.scrollTop,
    filter: model.filter,
    ...(isWhole(model.range, shape.duration)
      ? { viewStart: 0, viewEnd: 0 }
      : { viewStart: model.range.start, viewEnd: model.range.end }),
    detailsOpen: model.detailsOpen,
    onlyMatches: model.onlyMatches,
    onlyCritical: model.onlyCritical,
    detailsShare: model.detailsShare,
    ...(model.chosenNamesShare !== undefined && { namesShare: model.chosenNamesShare }),
  };
}

/** Brings a kept view back; what no longer fits the trace is left out. */
export function restoreView(model: WaterfallModel, state: WaterfallState): void {
  if (!model.trace) return;
  const { shape, spanIds } = model.trace.opened;
  const selectedKey = state.selectedSpanId ?? '';
  const rows = rowsOfKeys(spanIds, shape.size, [...state.collapsedSpanIds, selectedKey]);
  const folds = model.folds.slice();
  for (const key of state.collapsedSpanIds) {
    const row = rows.get(key);
    if (row !== undefined && (shape.columns.subtreeSize[row] ?? 0) > 1) folds[row] = 1;
  }
  model.onlyMatches = state.onlyMatches ?? false;
  model.onlyCritical = state.onlyCritical ?? false;
  model.setFilter(state.filter);
  model.setFolds(folds);
  model.selected = rows.get(selectedKey);
  if (state.viewEnd > state.viewStart)
    model.setRange({ start: state.viewStart, end: state.viewEnd });
  model.detailsOpen = state.detailsOpen;
  if (state.namesShare !== undefined) model.setNamesShare(state.namesShare);
  if (state.detailsShare !== undefined) model.setDetailsShare(state.detailsShare);
  model.scrollTop = state.scrollTop;
  model.reveal = undefined;
}

/** The spans that the host marked; undefined when it marked none. */
export function markedSpans(
  model: WaterfallModel,
): { readonly keys: readonly string[]; readonly label: string } | undefined {
  const { trace, matches, markLabel } = model;
  if (!trace || !matches || markLabel === '') return undefined;
  const rows = Array.from(matches, (match, row) => (match === 1 ? [spanRow(row)] : [])).flat();
  return { keys: rows.map((row) => spanKey(trace.opened.spanIds, row)), label: markLabel };
}

/** Marks them again in the trace as it is now. */
export function restoreMarks(
  model: WaterfallModel,
  { keys, label }: NonNullable<ReturnType<typeof markedSpans>>,
): void {
  if (!model.trace) return;
  const { shape, spanIds } = model.trace.opened;
  model.setMarks([...rowsOfKeys(spanIds, shape.size, keys).values()], label);
}
