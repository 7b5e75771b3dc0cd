import { clampRange, type TimeRange } from '../../../src/core/waterfall/timeRange.ts';

/** A range being drawn from `anchor` (`select`), or one whose edge is being moved (`edge`). µs. */
export interface Drag {
  readonly kind: 'select' | 'edge';
  readonly anchor: number;
  readonly range: TimeRange;
}

/** The drag with its free end at `at`. */
export const dragRange = (drag: Drag, at: number, duration: number): Drag => {
  const inside = Math.max(0, Math.min(duration, at));
  return {
    ...drag,
    range: clampRange(
      { start: Math.min(drag.anchor, inside), end: Math.max(drag.anchor, inside) },
      duration,
    ),
  };
};
