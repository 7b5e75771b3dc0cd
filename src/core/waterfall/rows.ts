import { spanRow, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import type { Folds } from './fold.ts';

/** The `SpanRow` of each line of the screen, top to bottom; ascending, as a trace's rows are depth first. */
export type ViewRows = Uint32Array<ArrayBuffer>;

/**
 * The lines to draw: spans with no folded ancestor and, when `kept` is given, those it marks. O(n), one pass.
 * @param kept one entry a span, ancestors of kept spans included (see `matchesWithAncestors`).
 */
export function visibleRows(shape: TraceShape, folds: Folds, kept?: Uint8Array): ViewRows {
  const { subtreeSize } = shape.columns;
  const rows = new Uint32Array(shape.size);
  let count = 0;
  for (let row = 0; row < shape.size;) {
    const subtree = Math.max(1, subtreeSize[row] ?? 1);
    const isKept = !kept || kept[row] === 1;
    if (isKept) rows[count++] = row;
    row += isKept && folds[row] !== 1 ? 1 : subtree;
  }
  return rows.slice(0, count);
}

/** The span of a line; undefined past the end. */
export function rowAt(rows: ViewRows, line: number): SpanRow | undefined {
  const row = rows[line];
  return row === undefined ? undefined : spanRow(row);
}

/** The line of a span, or -1 when it has none. O(log n). */
export function lineOf(rows: ViewRows, row: SpanRow): number {
  const line = firstLineFrom(rows, row);
  return rows[line] === row ? line : -1;
}

/** The line of the span or of its nearest ancestor that has one; else of the line above it; -1 when empty. */
export function nearestLine(shape: TraceShape, rows: ViewRows, row: SpanRow): number {
  const { parent } = shape.columns;
  for (let at: number = row; at >= 0; at = parent[at] ?? -1) {
    const line = lineOf(rows, spanRow(at));
    if (line >= 0) return line;
  }
  return Math.min(firstLineFrom(rows, row), rows.length - 1);
}

function firstLineFrom(rows: ViewRows, row: SpanRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
