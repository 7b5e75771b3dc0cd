import type { TraceColumns } from '../trace/trace.ts';
import { TimeCells, type CoveredRun } from './timeCells.ts';

/** When at least one of the spans runs, at the precision of so many cells between `start` and `start + length`. */
export function coveredRuns(
  columns: TraceColumns,
  rows: Uint32Array,
  start: number,
  length: number,
  cells: number,
): readonly CoveredRun[] {
  const covered = new TimeCells(start, length, cells);
  for (const row of rows) {
    const begin = columns.start[row] ?? 0;
    covered.mark(begin, begin + (columns.duration[row] ?? 0));
  }
  return covered.runs();
}
