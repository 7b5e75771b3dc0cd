import { elapsed, epochMicroseconds, fromMinutes, type EpochMicroseconds } from '../base/units.ts';
import type { TraceShape } from './trace.ts';

/** A trace that hasn't grown for so long is taken for complete: exporters wait 5 s, collectors some 10 s, for more spans. */
export const quietAfterMs = 60_000;
/** Of clocks of other machines that are ahead of this one. */
const farthestAhead = fromMinutes(10);

const shortestPauseMs = 1_000;
const longestPauseMs = 15_000;
/** Reading takes at most this part of the time. */
const shareOfReading = 1 / 5;

/** How long nothing is read again after a reading that took `readMs`, in ms: what is large isn't read all the time. */
export const restAfterReading = (readMs: number): number => readMs * (1 / shareOfReading - 1);

/** Whether more of a trace may arrive: it ended less than `quietAfterMs` ago, or by its clocks ends just now. */
export function mayGrow(
  { start, duration }: Pick<TraceShape, 'start' | 'duration'>,
  now: EpochMicroseconds,
): boolean {
  const since = elapsed(epochMicroseconds(start + duration), now);
  return since + farthestAhead > 0 && since < quietAfterMs * 1_000;
}

/**
 * How long to wait before a trace is read again, in ms: longer the longer it hasn't grown, so that one reads it some
 * ten times before it is taken for complete.
 * @param quietMs since it last grew
 * @param readMs that reading it took last
 */
export function pauseBeforeReading(quietMs: number, readMs: number): number {
  const pause = Math.min(longestPauseMs, Math.max(shortestPauseMs, quietMs / 2));
  return Math.max(pause, restAfterReading(readMs));
}

/** The same where the source says that spans arrived: soon. */
export const pauseAfterArrival = (readMs: number): number => pauseBeforeReading(0, readMs);
