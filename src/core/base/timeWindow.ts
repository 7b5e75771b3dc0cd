import { elapsed, fromMinutes, type EpochMicroseconds } from './units.ts';

/** From `start` (included) to `end` (excluded; included in a search, see `TraceQuery`). */
export interface TimeWindow {
  readonly start: EpochMicroseconds;
  readonly end: EpochMicroseconds;
}

export const wholeMinutes = ({ start, end }: TimeWindow): number =>
  Math.round(elapsed(start, end) / fromMinutes(1));
