import type { EpochMicroseconds } from './units.ts';

/** From `start` (included) to `end` (excluded). */
export interface TimeWindow {
  readonly start: EpochMicroseconds;
  readonly end: EpochMicroseconds;
}
