import type { RawSpan } from './rawSpan.ts';

/** A day in µs: a span without a time is at least that far from the rest of its trace. */
const day = 86_400_000_000;
/** The year 2112: up to it the end of a span, too, is exact in a double. */
const limit = 2 ** 52;

/** Usable times, one entry a span, in µs since 1970 and µs. */
export interface SpanTimes {
  readonly start: Float64Array;
  readonly duration: Float64Array;
  /** 1 where the span's own start or duration could not be used as it was. */
  readonly repaired: Uint8Array;
}

/**
 * Every span's times, made finite. A start at or before 1970 in a trace of today means "not known": such a
 * span is placed at the start of the others. Nothing else is moved.
 */
export function readTimes(spans: readonly RawSpan[]): SpanTimes {
  const times = {
    start: new Float64Array(spans.length),
    duration: new Float64Array(spans.length),
    repaired: new Uint8Array(spans.length),
  };
  let latest = -Infinity;
  for (const [index, span] of spans.entries()) {
    const start = within(span.start, -limit);
    const duration = within(span.duration, 0);
    times.start[index] = start;
    times.duration[index] = duration;
    if (start !== span.start || duration !== span.duration) times.repaired[index] = 1;
    if (start > latest) latest = start;
  }
  placeUnknown(times, latest);
  return times;
}

function placeUnknown(times: SpanTimes, latest: number): void {
  const isUnknown = (start: number) => start <= 0 && latest - start > day;
  let earliest = latest;
  for (const start of times.start) if (!isUnknown(start) && start < earliest) earliest = start;
  for (const [index, start] of times.start.entries()) {
    if (!isUnknown(start)) continue;
    times.start[index] = earliest;
    times.repaired[index] = 1;
  }
}

function within(value: number, least: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(value, least), limit);
}
