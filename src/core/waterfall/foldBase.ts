import { spanRow, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import { allFolded, hasChildren, noFolds, type Folds } from './fold.ts';
import { opening } from './internalSpans.ts';

/** Folds that many views start from; a view's own are few beside one of them. */
export const foldBases = ['opening', 'none', 'all'] as const;
export type FoldBase = (typeof foldBases)[number];

const folders: Readonly<Record<FoldBase, (shape: TraceShape) => Folds>> = {
  opening,
  none: noFolds,
  all: allFolded,
};

/** Folds as the base that they differ least from, with the spans whose fold is another. */
export interface FoldDifference {
  readonly base: FoldBase;
  readonly flipped: readonly SpanRow[];
}

export function foldDifference(shape: TraceShape, folds: Folds): FoldDifference {
  let [base, fewest]: [FoldBase, number] = ['none', Infinity];
  for (const one of foldBases) {
    const count = countFlipped(folders[one](shape), folds, fewest);
    if (count < fewest) [base, fewest] = [one, count];
  }
  const from = folders[base](shape);
  const flipped: SpanRow[] = [];
  for (let row = 0; row < shape.size; row++)
    if (folds[row] !== from[row]) flipped.push(spanRow(row));
  return { base, flipped };
}

/** Where the two differ; no more than `most` are counted. */
function countFlipped(from: Folds, folds: Folds, most: number): number {
  let count = 0;
  for (let row = 0; row < from.length && count < most; row++)
    if (folds[row] !== from[row]) count += 1;
  return count;
}

/** The folds of a difference, in this trace or in what it has grown to. */
export function foldsOf(shape: TraceShape, { base, flipped }: FoldDifference): Folds {
  const from = folders[base](shape);
  const folds = from.slice();
  for (const row of flipped) if (hasChildren(shape, row)) folds[row] = from[row] === 1 ? 0 : 1;
  return folds;
}
