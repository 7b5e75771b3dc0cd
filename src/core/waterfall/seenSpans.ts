import type { TraceShape } from '../trace/trace.ts';
import { isWhole } from './timeRange.ts';
import type { ViewState } from './viewState.ts';

/** What of a trace is looked at, as all its views share it. */
export type SeenPart = Pick<ViewState, 'range' | 'focus' | 'shortest'> & {
  /** One entry a span: only these are left; undefined: all. */
  readonly only: Uint8Array | undefined;
};

/**
 * One entry a span, 1 where it is left, runs for a moment of the range, is below the span in focus and no shorter than
 * what is hidden; undefined: all are. O(n).
 */
export function seenSpans(
  shape: TraceShape,
  { range, focus, shortest, only }: SeenPart,
): Uint8Array | undefined {
  if (isWhole(range, shape.duration) && focus === undefined && shortest <= 0) return only;
  const { start, duration, subtreeSize } = shape.columns;
  const from = focus ?? 0;
  const to = focus === undefined ? shape.size : from + (subtreeSize[from] ?? 1);
  const seen = new Uint8Array(shape.size);
  for (let row = from; row < to; row++) {
    const begin = start[row] ?? 0;
    const length = duration[row] ?? 0;
    const isIn = begin <= range.end && begin + length >= range.start;
    if (isIn && length >= shortest && (!only || only[row] === 1)) seen[row] = 1;
  }
  return seen;
}
