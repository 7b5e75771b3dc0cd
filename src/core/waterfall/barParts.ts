import type { TraceColumns } from '../trace/trace.ts';
import { TimeCells, type CoveredRun } from './timeCells.ts';
import type { TimeRange } from './timeRange.ts';

/** Rows from `from` up to `to`, without it. */
export interface RowRun {
  readonly from: number;
  readonly to: number;
}

/** A row and all below it. */
export const subtreeOf = ({ subtreeSize }: TraceColumns, row: number): RowRun => ({
  from: row,
  to: row + Math.max(1, subtreeSize[row] ?? 1),
});

/** Where in the range the critical path is these rows' own, at the precision of so many cells. */
export function criticalRuns(
  { criticalParts, criticalFrom, criticalTo }: TraceColumns,
  rows: readonly RowRun[],
  { start, end }: TimeRange,
  cells: number,
): readonly CoveredRun[] {
  const found = new TimeCells(start, end - start, cells);
  for (const { from, to } of rows) {
    const last = criticalParts[to] ?? 0;
    for (let part = criticalParts[from] ?? 0; part < last; part++) {
      const [begin, past] = [criticalFrom[part] ?? 0, criticalTo[part] ?? 0];
      if (past > start && begin < end) found.mark(begin, past);
    }
  }
  return found.runs();
}

/** Where in the range children of the row ran: the rest of its bar is its own time. */
export function coveredByChildren(
  { start, duration, subtreeSize }: TraceColumns,
  row: number,
  range: TimeRange,
  cells: number,
): readonly CoveredRun[] {
  const found = new TimeCells(range.start, range.end - range.start, cells);
  const begin = start[row] ?? 0;
  const end = begin + (duration[row] ?? 0);
  const last = row + (subtreeSize[row] ?? 1);
  for (let child = row + 1; child < last; child += Math.max(1, subtreeSize[child] ?? 1)) {
    const from = Math.max(begin, start[child] ?? 0);
    const to = Math.min(end, (start[child] ?? 0) + (duration[child] ?? 0));
    if (from < to && to > range.start && from < range.end) found.mark(from, to);
  }
  return found.runs();
}

/** µs of the critical path that are these rows' own. */
export function criticalTimeOf({ criticalTime }: TraceColumns, rows: readonly RowRun[]): number {
  let sum = 0;
  for (const { from, to } of rows)
    for (let row = from; row < to; row++) sum += criticalTime[row] ?? 0;
  return sum;
}
