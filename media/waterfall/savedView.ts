import { spanRow } from '../../src/core/base/units.ts';
import { rowsOfKeys, spanKey } from '../../src/core/waterfall/spanIds.ts';
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
    viewStart: model.range.start,
    viewEnd: model.range.end,
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
