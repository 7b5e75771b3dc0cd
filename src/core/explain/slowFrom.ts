import { microseconds, type Microseconds } from '../base/units.ts';

/** The part of the requests that isn't slow. */
const usualPart = 0.9;

/** From when on a request is one of the slow: the slowest tenth of all, at least one. */
export function slowFrom(durations: readonly Microseconds[]): Microseconds {
  const sorted = durations.toSorted((a, b) => a - b);
  const slow = Math.ceil(sorted.length * (1 - usualPart));
  return sorted.at(-Math.max(1, slow)) ?? microseconds(0);
}
