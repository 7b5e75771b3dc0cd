import { microseconds } from '../../../core/base/units.ts';
import {
  quantileNames,
  quantileShares,
  type DurationHistogram,
} from '../../../core/correlate/durations/durations.ts';
import { histogramOf } from '../../../core/correlate/durations/histogram.ts';
import { nearestRank } from '../../../core/base/nearestRank.ts';
import type { Counted, Range } from './durationIndex.ts';

interface Piece extends Range, Counted {}

/** Where the ends of a range differ by this factor at most, its middle is within 1 % of all in it. */
const closeEnds = 1.02;

/**
 * What is known of many durations by counting them in ranges: first in octaves, from the longest to the shortest, then
 * those that hold p50, p95 and p99 in halves, until these are within 1 %. Count, total and maximum are exact. Each
 * duration is counted some one and a half times.
 * @param extent the shortest and the longest, in µs
 * @param count how many are in a range
 */
export async function countedDurations(
  extent: { readonly shortest: number; readonly longest: number },
  count: (range: Range) => Promise<Counted>,
): Promise<DurationHistogram> {
  const pieces: Piece[] = [];
  for (const octave of octaves(extent.shortest, extent.longest))
    pieces.unshift({ ...octave, ...(await count(octave)) });
  const counted = sumOf(pieces, (piece) => piece.count);
  for (const name of quantileNames)
    await narrow(pieces, nearestRank(quantileShares[name], counted), count);
  return histogram(pieces, extent.longest);
}

/** From the longest to the shortest. Their ends are the same for all durations: what was counted can be kept. */
function octaves(shortest: number, longest: number): readonly Range[] {
  const ranges: Range[] = [];
  let high = 1;
  while (high <= longest) high *= 2;
  for (; high > shortest; high = Math.floor(high / 2)) {
    ranges.push({ low: Math.floor(high / 2), high });
    if (high === 1) break;
  }
  return ranges;
}

/** Halves the piece that holds the rank until its ends are close. */
async function narrow(
  pieces: Piece[],
  rank: number,
  count: (range: Range) => Promise<Counted>,
): Promise<void> {
  for (;;) {
    const at = pieceAt(pieces, rank);
    const piece = pieces[at];
    if (!piece || isNarrow(piece)) return;
    const { low, high } = piece;
    const middle = Math.min(high - 1, Math.max(low + 1, Math.round(Math.sqrt(low * high))));
    const lower = await count({ low, high: middle });
    pieces.splice(at, 1, ...halves(piece, middle, lower));
  }
}

/** Rows that came since the whole was counted don't make the upper half less than nothing. */
function halves(piece: Piece, middle: number, lower: Counted): readonly Piece[] {
  const count = Math.min(piece.count, lower.count);
  const total = Math.min(piece.total, lower.total);
  return [
    { low: piece.low, high: middle, count, total },
    { low: middle, high: piece.high, count: piece.count - count, total: piece.total - total },
  ];
}

/** The last duration in it is a whole µs less than its end. */
const isNarrow = ({ low, high }: Range): boolean => high - 1 <= low * closeEnds;

function pieceAt(pieces: readonly Piece[], rank: number): number {
  let below = 0;
  return pieces.findIndex(({ count }) => (below += count) > rank);
}

const sumOf = (pieces: readonly Piece[], value: (piece: Piece) => number): number =>
  pieces.reduce((sum, piece) => sum + value(piece), 0);

/** Just below a whole µs. */
const justBelow = 0.001;

/** Each piece as a bucket from its first duration to its last one. */
function histogram(pieces: readonly Piece[], longest: number): DurationHistogram {
  const bounds: number[] = [];
  const counts: number[] = [];
  const bound = (at: number, count: number) => {
    bounds.push(at);
    counts.push(count);
  };
  for (const { low, high, count } of pieces) {
    if (count === 0) continue;
    if (low > 0) bound(low - justBelow, 0);
    bound(Math.max(high - 1, justBelow), count);
  }
  return histogramOf(bounds.map(microseconds), [...counts, 0], {
    max: microseconds(longest),
    total: microseconds(sumOf(pieces, ({ total }) => total)),
  });
}
