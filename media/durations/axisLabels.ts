import { microseconds, type Microseconds } from '../../src/core/base/units.ts';

/** A time below the bars. */
export interface AxisLabel {
  /** Share of the width, 0 to 1. */
  readonly at: number;
  readonly time: Microseconds;
  /** At the ends it stands inside. */
  readonly side: 'first' | 'middle' | 'last';
}

/** Room that a time takes, px. */
const labelWidth = 64;

/** Times at edges between buckets, as many as there is room for: the first and the last, and others as far apart from each other. */
export function axisLabels(edges: readonly number[], width: number): readonly AxisLabel[] {
  const last = edges.length - 1;
  const most = Math.max(1, Math.floor(width / labelWidth) - 1);
  const step = Math.max(1, Math.ceil(last / most));
  return edges.flatMap((time, index): AxisLabel[] => {
    const isNear = index > 0 && index < last && last - index < step;
    if ((index % step !== 0 && index < last) || isNear) return [];
    const side = index === 0 ? 'first' : index === last ? 'last' : 'middle';
    return [{ at: index / Math.max(1, last), time: microseconds(time), side }];
  });
}
