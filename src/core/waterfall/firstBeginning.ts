import type { TraceColumns } from '../trace/trace.ts';
import type { Lines } from './lines.ts';
import type { TimeRange } from './timeRange.ts';

/** The first of the lines from `first` to before `end` whose span begins in the range; -1 when none does. */
export function firstBeginning(
  columns: TraceColumns,
  lines: Lines,
  range: TimeRange,
  first: number,
  end: number,
): number {
  for (let line = first; line < Math.min(end, lines.count); line++) {
    const start = columns.start[lines.row[line] ?? 0] ?? 0;
    if (start >= range.start && start <= range.end) return line;
  }
  return -1;
}
