import { microseconds, type Microseconds } from '../../base/units.ts';
import { nearestRank } from '../../base/nearestRank.ts';
import type { DurationPiece } from './durations.ts';

/** Between which durations something lies; undefined: no bound is known. */
export interface DurationRange {
  readonly low: Microseconds | undefined;
  readonly high: Microseconds | undefined;
}

/** A quantile, and of an estimate where the true one lies; without an upper bound `value` is the lower one. */
export interface FoundQuantile {
  readonly value: Microseconds;
  /** Undefined: `value` is within 1 %. */
  readonly range: DurationRange | undefined;
}

/** The middle of a range whose ends differ by this factor at most is within 1 % of both. */
const closeEnds = 1.02;
const halvings = 40;

/**
 * The quantile `q` (0 to 1) of all durations in `pieces`: none of them is known, but between which two durations the
 * quantile lies is. In a wide range it is estimated as if the durations of each piece were evenly spread over it, as
 * Prometheus does (https://prometheus.io/docs/practices/histograms/#errors-of-quantile-estimation).
 * Undefined when there are none.
 */
export function quantileAmong(
  pieces: readonly DurationPiece[],
  q: number,
): FoundQuantile | undefined {
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  if (count === 0) return undefined;
  const rank = nearestRank(q, count);
  // The durations are lowest when each is at the low end of its piece, and highest at the high end.
  const low = valueAt(pieces, rank, 'low');
  const high = valueAt(pieces, rank, 'high');
  if (high === Infinity)
    return { value: microseconds(low), range: { low: microseconds(low), high: undefined } };
  if (high <= low * closeEnds)
    return {
      value: microseconds(low === high ? low : (2 * low * high) / (low + high)),
      range: undefined,
    };
  const value = spread(pieces, rank + 0.5, low, high);
  return {
    value: microseconds(value),
    range: { low: microseconds(low), high: microseconds(high) },
  };
}

/** The duration at a rank (from 0) if each were at that end of its piece. */
function valueAt(pieces: readonly DurationPiece[], rank: number, end: 'low' | 'high'): number {
  let counted = 0;
  for (const piece of pieces.toSorted((a, b) => a[end] - b[end])) {
    counted += piece.count;
    if (counted > rank) return piece[end];
  }
  return Infinity;
}

/** Where, between `low` and `high`, `wanted` durations lie below. */
function spread(
  pieces: readonly DurationPiece[],
  wanted: number,
  low: number,
  high: number,
): number {
  let [from, to] = [low, high];
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (from + to) / 2;
    if (countBelow(pieces, middle) < wanted) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

function countBelow(pieces: readonly DurationPiece[], value: number): number {
  let below = 0;
  for (const { low, high, count } of pieces) {
    if (value >= high) below += count;
    else if (value > low && high < Infinity) below += (count * (value - low)) / (high - low);
  }
  return below;
}
