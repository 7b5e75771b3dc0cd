import type { Microseconds } from '../../base/units.ts';
import type { DurationPiece } from './durations.ts';

/** Which parts of so many durations, 0 to 1, are certainly shorter and certainly longer than one. */
export interface Percentile {
  readonly slowerThan: number;
  readonly fasterThan: number;
  readonly of: number;
}

/** What is certain of a duration among others, each of which lies somewhere in its piece; undefined: there are none. */
export function percentileAmong(
  pieces: readonly DurationPiece[],
  duration: Microseconds,
): Percentile | undefined {
  let [shorter, longer, of] = [0, 0, 0];
  for (const { low, high, count } of pieces) {
    if (high < duration) shorter += count;
    if (low > duration) longer += count;
    of += count;
  }
  return of === 0 ? undefined : { slowerThan: shorter / of, fasterThan: longer / of, of };
}
