import type { Microseconds } from './units.ts';

/** Durations from `from` (included) to `to` (excluded). */
export interface DurationRange {
  readonly from: Microseconds;
  readonly to: Microseconds;
}

/** Positions in a list of ranges side by side, the last included. */
export interface RangeRun {
  readonly first: number;
  readonly last: number;
}

/** The durations that a run of ranges holds, its ends in any order; undefined where there are no such ranges. */
export function rangeOf(
  ranges: readonly DurationRange[],
  { first, last }: RangeRun,
): DurationRange | undefined {
  const [low, high] = [ranges[Math.min(first, last)], ranges[Math.max(first, last)]];
  return low && high && { from: low.from, to: high.to };
}

/** Whether a duration is in a range; each is in one that isn't given. */
export const isWithin = (duration: Microseconds, range: DurationRange | undefined): boolean =>
  range === undefined || (duration >= range.from && duration < range.to);
