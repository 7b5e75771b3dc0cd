import type { TimeRange } from './timeRange.ts';

/** Where a span's bar lies in the range on screen, as shares (0 to 1) of its width. */
export interface Bar {
  readonly left: number;
  readonly width: number;
  /** The span goes on outside the range. */
  readonly cutLeft: boolean;
  readonly cutRight: boolean;
}

/** The bar of a span, or undefined when it lies outside the range. A span without length has width 0. */
export function barOf(start: number, duration: number, range: TimeRange): Bar | undefined {
  const end = start + duration;
  if (start > range.end || end < range.start) return undefined;
  const length = range.end - range.start;
  const from = Math.max(start, range.start);
  const to = Math.min(end, range.end);
  return {
    left: (from - range.start) / length,
    width: (to - from) / length,
    cutLeft: start < range.start,
    cutRight: end > range.end,
  };
}

/** Beside the bar, or in it where both sides are too narrow. */
export type LabelPlace = 'right' | 'left' | 'inside';

/**
 * Where a bar's duration is written, so that it stays on screen: right of the bar, else left, else in it.
 * All in pixels.
 */
export function labelPlace(bar: Bar, timelineWidth: number, labelWidth: number): LabelPlace {
  const left = bar.left * timelineWidth;
  const right = left + bar.width * timelineWidth;
  if (timelineWidth - right >= labelWidth) return 'right';
  return left >= labelWidth ? 'left' : 'inside';
}
