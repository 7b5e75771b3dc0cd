import { spanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import { hasChildren } from './fold.ts';
import type { SpanGroups } from './groups.ts';
import { layOutLines, type Lines } from './lines.ts';
import type { ViewState } from './viewState.ts';

/**
 * The view with the topmost lines open that hide others, spans and groups alike: one level more is shown. The same view
 * where none does. O(n).
 * @param matches one entry a span; undefined: nothing is looked for
 */
export function withNextLevel(
  shape: TraceShape,
  groups: SpanGroups,
  view: ViewState,
  matches?: Uint8Array,
): ViewState {
  const lines = layOutLines(shape, groups, view, matches);
  let topmost = Infinity;
  let closed: number[] = [];
  for (let line = 0; line < lines.count; line++) {
    const level = lines.level[line] ?? 0;
    if (level > topmost || !hidesLines(shape, view, lines, line)) continue;
    if (level < topmost) closed = [];
    topmost = level;
    closed.push(line);
  }
  if (closed.length === 0) return view;
  const folds = view.folds.slice();
  const openGroups = new Set(view.openGroups);
  for (const line of closed) {
    const group = lines.group[line] ?? -1;
    if (group < 0) folds[lines.row[line] ?? 0] = 0;
    else openGroups.add(group);
  }
  return { ...view, folds, openGroups };
}

/** Whether a line is folded, and more than it would be left of what it stands for. */
function hidesLines(
  shape: TraceShape,
  { folds, openGroups }: ViewState,
  { row: rows, group: groups, shown }: Lines,
  line: number,
): boolean {
  const row = rows[line] ?? 0;
  const group = groups[line] ?? -1;
  if (group >= 0) return !openGroups.has(group);
  if (folds[row] !== 1 || !hasChildren(shape, spanRow(row))) return false;
  const end = row + (shape.columns.subtreeSize[row] ?? 1);
  return !shown || shown.subarray(row + 1, end).includes(1);
}
