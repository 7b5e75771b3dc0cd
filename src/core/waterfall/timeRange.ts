/** The part of a trace on screen, in µs from its start; `end` is always after `start`. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** The narrowest zoom: 1 µs, or the whole trace when that is shorter. */
const narrowest = 1;

/** The whole trace. A trace without any length gets 1 µs, so that there is something to divide by. */
export const wholeRange = (duration: number): TimeRange => ({
  start: 0,
  end: duration > 0 ? duration : narrowest,
});

export const isWhole = (range: TimeRange, duration: number): boolean => {
  const whole = wholeRange(duration);
  return range.start <= whole.start && range.end >= whole.end;
};

/** The nearest range inside the trace that is not narrower than the narrowest zoom; ends in any order. */
export function clampRange(range: TimeRange, duration: number): TimeRange {
  const whole = wholeRange(duration);
  const low = Math.min(range.start, range.end);
  const length = Math.min(
    whole.end,
    Math.max(Math.min(narrowest, whole.end), Math.abs(range.end - range.start)),
  );
  if (!Number.isFinite(low) || !Number.isFinite(length)) return whole;
  const start = Math.max(0, Math.min(whole.end - length, low));
  return { start, end: start + length };
}

/** The range once the trace takes another time: all of it stays all of it, a part the same part. @param earlier µs that it begins earlier by */
export const rescaled = (
  range: TimeRange,
  before: number,
  duration: number,
  earlier: number,
): TimeRange =>
  isWhole(range, before)
    ? wholeRange(duration)
    : clampRange({ start: range.start + earlier, end: range.end + earlier }, duration);

/** Moves by a share of its own length: 0.1 is a tenth to the right. */
export function panned(range: TimeRange, share: number, duration: number): TimeRange {
  const by = (range.end - range.start) * share;
  return clampRange({ start: range.start + by, end: range.end + by }, duration);
}

/** Zooms about a point that stays where it is. `factor` below 1 zooms in; `anchor` is 0 (left) to 1 (right). */
export function zoomed(
  range: TimeRange,
  factor: number,
  anchor: number,
  duration: number,
): TimeRange {
  const whole = wholeRange(duration);
  const length = Math.max(narrowest, Math.min(whole.end, (range.end - range.start) * factor));
  const fixed = range.start + (range.end - range.start) * anchor;
  return clampRange(
    { start: fixed - length * anchor, end: fixed + length * (1 - anchor) },
    duration,
  );
}

/** The range moved to where a span is, no wider than it was: the span in the middle, else its start near the left. */
export function pannedTo(
  range: TimeRange,
  start: number,
  length: number,
  duration: number,
): TimeRange {
  const wide = range.end - range.start;
  const before = Math.max(0.1 * wide, (wide - length) / 2);
  return clampRange({ start: start - before, end: start - before + wide }, duration);
}

/** A range that shows a span with a little air at both sides. */
export const rangeAround = (start: number, length: number, duration: number): TimeRange =>
  clampRange({ start: start - length * 0.05, end: start + length * 1.05 }, duration);
