import type { TraceShape } from './trace.ts';

/** Of a row: the critical path's time of its span and everything below it, µs. */
export function timeBelow({
  size,
  columns: { criticalTime, subtreeSize },
}: Pick<TraceShape, 'size' | 'columns'>): (row: number) => number {
  const before = new Float64Array(size + 1);
  for (let row = 0; row < size; row++)
    before[row + 1] = (before[row] ?? 0) + (criticalTime[row] ?? 0);
  return (row) => (before[row + (subtreeSize[row] ?? 1)] ?? 0) - (before[row] ?? 0);
}
