import type { SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';

/** One entry a span: 1 where the span's children are folded away. Only spans with children are ever 1. */
export type Folds = Uint8Array<ArrayBuffer>;

export const hasChildren = (shape: TraceShape, row: SpanRow): boolean =>
  (shape.columns.subtreeSize[row] ?? 0) > 1;

export const noFolds = (shape: TraceShape): Folds => new Uint8Array(shape.size);

/** The folds with that of `row` set; the same array when nothing changes. */
export function withFold(shape: TraceShape, folds: Folds, row: SpanRow, folded: boolean): Folds {
  const value = folded && hasChildren(shape, row) ? 1 : 0;
  if (folds[row] === undefined || folds[row] === value) return folds;
  const next = folds.slice();
  next[row] = value;
  return next;
}

/** Every span with children folded: the roots alone stay. */
export function allFolded(shape: TraceShape): Folds {
  const { subtreeSize } = shape.columns;
  const folds = noFolds(shape);
  for (let row = 0; row < shape.size; row++) if ((subtreeSize[row] ?? 0) > 1) folds[row] = 1;
  return folds;
}

/** Open above each marked span, closed elsewhere. O(n). */
export function foldedTo(shape: TraceShape, marked: Uint8Array): Folds {
  const { parent } = shape.columns;
  const folds = allFolded(shape);
  for (let row = 0; row < shape.size; row++) {
    if (marked[row] !== 1) continue;
    for (let at = parent[row] ?? -1; at >= 0 && folds[at] === 1; at = parent[at] ?? -1)
      folds[at] = 0;
  }
  return folds;
}

/** The folds with no ancestor of `row` folded, so that its line is there. */
export function revealing(shape: TraceShape, folds: Folds, row: SpanRow): Folds {
  const { parent } = shape.columns;
  let next = folds;
  for (let above = parent[row] ?? -1; above >= 0; above = parent[above] ?? -1) {
    if (next[above] !== 1) continue;
    if (next === folds) next = folds.slice();
    next[above] = 0;
  }
  return next;
}

/** The folds with none on a marked span: given matches and their ancestors, every match has its line. */
export const revealingAll = (folds: Folds, marked: Uint8Array): Folds =>
  folds.map((folded, row) => (marked[row] === 1 ? 0 : folded));
