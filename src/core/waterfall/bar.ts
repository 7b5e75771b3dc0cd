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

/** On which side of the range a span without a bar lies. */
export const sideOutside = (start: number, range: TimeRange): 'before' | 'after' =>
  start > range.end ? 'after' : 'before';

/** Beside the bar, or over it where both sides are too narrow. */
export interface LabelPlace {
  readonly side: 'right' | 'left' | 'inside';
  /** Of the label's left edge (`left`: its right edge), a share of the timeline from its left. */
  readonly edge: number;
}

/**
 * Where a bar's duration is written, so that it stays on screen and with its bar: right of the bar, else left, else
 * from the start of what is seen of the bar. Widths in pixels.
 */
export function labelPlace(bar: Bar, timelineWidth: number, labelWidth: number): LabelPlace {
  const label = labelWidth / Math.max(1, timelineWidth);
  const end = bar.left + bar.width;
  if (1 - end >= label) return { side: 'right', edge: end };
  if (bar.left >= label) return { side: 'left', edge: bar.left };
  return { side: 'inside', edge: Math.max(0, Math.min(bar.left, 1 - label)) };
}
