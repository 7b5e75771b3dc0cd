import { clampRange, wholeRange, type TimeRange } from '../../../src/core/waterfall/timeRange.ts';

/** A range being drawn from `anchor` (`select`), one whose edge is being moved (`edge`), or one moved as a whole (`pan`). µs. */
export interface Drag {
  readonly kind: 'select' | 'edge' | 'pan';
  /** The end that stays; of `pan` how far right of the range's start it is held. */
  readonly anchor: number;
  readonly range: TimeRange;
}

/** @param on what was pressed: an edge of the range on screen, its grip, or nothing of it */
export function beginDrag(on: string | null, at: number, range: TimeRange): Drag {
  switch (on) {
    case 'start':
      return { kind: 'edge', anchor: range.end, range };
    case 'end':
      return { kind: 'edge', anchor: range.start, range };
    case 'pan':
      return { kind: 'pan', anchor: at - range.start, range };
    default:
      return { kind: 'select', anchor: at, range: { start: at, end: at } };
  }
}

/** The drag with its free end, or where it is held, at `at`. */
export const dragRange = (drag: Drag, at: number, duration: number): Drag => {
  if (drag.kind === 'pan') {
    const start = at - drag.anchor;
    const length = drag.range.end - drag.range.start;
    return { ...drag, range: clampRange({ start, end: start + length }, duration) };
  }
  const inside = Math.max(0, Math.min(duration, at));
  return {
    ...drag,
    range: clampRange(
      { start: Math.min(drag.anchor, inside), end: Math.max(drag.anchor, inside) },
      duration,
    ),
  };
};

/** Of the whole trace: who moves less meant to click. */
const shortestDrag = 0.004;

/** Whether what is let go at `at` was drawn or moved: in a short trace even the narrowest range is wider than a click. */
export const isDragged = ({ kind, anchor }: Drag, at: number, duration: number): boolean =>
  kind !== 'select' || Math.abs(at - anchor) > shortestDrag * wholeRange(duration).end;
