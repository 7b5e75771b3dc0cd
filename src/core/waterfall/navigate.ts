import { spanRow, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import { hasChildren, withFold, type Folds } from './fold.ts';
import { lineOf, nearestLine, rowAt, type ViewRows } from './rows.ts';

export type NavigationKey = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end';

/**
 * Where a key moves the selection; stays at the ends. Nothing selected: `end` and `up` choose the last
 * line, the others the first.
 * @param pageLines lines a page key moves by
 */
export function moveSelection(
  shape: TraceShape,
  rows: ViewRows,
  from: SpanRow | undefined,
  key: NavigationKey,
  pageLines = 10,
): SpanRow | undefined {
  const last = rows.length - 1;
  if (from === undefined) return rowAt(rows, key === 'end' || key === 'up' ? last : 0);
  const line = nearestLine(shape, rows, from);
  const page = Math.max(1, pageLines);
  const target = {
    up: line - 1,
    down: line + 1,
    pageUp: line - page,
    pageDown: line + page,
    home: 0,
    end: last,
  }[key];
  return rowAt(rows, Math.max(0, Math.min(last, target)));
}

/** What Left and Right do to a tree: fold or unfold where that is possible, else move. */
export interface FoldStep {
  readonly folds: Folds;
  readonly selected: SpanRow;
}

/** Left: folds an open span, else goes to its parent. */
export function stepLeft(shape: TraceShape, folds: Folds, row: SpanRow): FoldStep {
  if (hasChildren(shape, row) && folds[row] !== 1)
    return { folds: withFold(shape, folds, row, true), selected: row };
  const parent = shape.columns.parent[row] ?? -1;
  return { folds, selected: parent < 0 ? row : spanRow(parent) };
}

/** Right: unfolds a folded span, else goes to its first child on screen. */
export function stepRight(shape: TraceShape, folds: Folds, rows: ViewRows, row: SpanRow): FoldStep {
  if (folds[row] === 1) return { folds: withFold(shape, folds, row, false), selected: row };
  const next = rowAt(rows, lineOf(rows, row) + 1);
  const isChild = next !== undefined && shape.columns.parent[next] === row;
  return { folds, selected: isChild ? next : row };
}
