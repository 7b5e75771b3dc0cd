import { onceEach } from '../base/onceEach.ts';
import { microseconds, spanRow, type Microseconds, type SpanRow } from '../base/units.ts';
import type { RawSpan } from './rawSpan.ts';
import { isWholeRoot } from './rootSpan.ts';
import type { TraceColumns } from './trace.ts';

type Rows = Pick<TraceColumns, 'duration' | 'subtreeSize'>;

/**
 * The root whose critical path a trace has, 0 without spans: one of the trace that it is called by, then one whose parent
 * isn't missing, then the longest. The first is often another: a browser's spans are mostly missing, so that its preflight
 * stands beside its request.
 */
export function chooseMainRoot(spans: readonly RawSpan[], rows: Rows, traceId: string): number {
  const { duration } = rows;
  let main = 0;
  for (const row of rootRows(rows)) if (compare(row, main) > 0) main = row;
  return main;

  function compare(a: number, b: number): number {
    return (
      Number(isOwn(a)) - Number(isOwn(b)) ||
      Number(isWhole(a)) - Number(isWhole(b)) ||
      (duration[a] ?? 0) - (duration[b] ?? 0)
    );
  }

  function isOwn(row: number): boolean {
    return spans[row]?.traceId === traceId;
  }

  function isWhole(row: number): boolean {
    return isWholeRoot(spans[row]?.parentSpanId, duration[row] ?? 0);
  }
}

/** That root again, by what is marked. O(roots), once for each trace. */
export const mainRoot = onceEach((columns: Pick<TraceColumns, 'critical'> & Rows): SpanRow => {
  for (const row of rootRows(columns)) if (columns.critical[row] === 1) return spanRow(row);
  return spanRow(0);
});

/** Of the whole critical path: µs. */
export const criticalPathLength = (columns: TraceColumns): Microseconds =>
  microseconds(columns.duration[mainRoot(columns)] ?? 0);

/** The rows at the top. */
export function* rootRows({ duration, subtreeSize }: Rows): Generator<number> {
  for (let row = 0; row < duration.length; row += Math.max(1, subtreeSize[row] ?? 1)) yield row;
}
