import type { TraceColumns } from './trace.ts';

type Rows = Pick<TraceColumns, 'start' | 'duration' | 'parent' | 'subtreeSize'>;

/** The millisecond to which OpenTelemetry's JS SDK rounds starts, but not ends. */
const rounding = 1_000;

/** A span on the path whose children are still being looked through. */
interface Frame {
  readonly row: number;
  /** By end, latest first; `next` is the first not yet looked at. */
  readonly children: readonly number[];
  next: number;
  /** What runs on the path from here on began at this time. */
  until: number;
}

/**
 * 1 for each row on the critical path of row 0: the chain of spans that a shorter trace would have to
 * shorten. The rule is Jaeger UI's (`CriticalPath/index.tsx`): from the end of a span backwards, its
 * last child to finish is on the path; then, from that child's start, the last child that had finished
 * by then; children are clipped to their parent. Where a start is rounded to the millisecond, a child may
 * end up to a millisecond after it.
 *
 * @param traceStart in µs since 1970: tells which starts are whole milliseconds.
 */
export function findCriticalPath(rows: Rows, traceStart: number): Uint8Array {
  const critical = new Uint8Array(rows.parent.length);
  if (critical.length === 0) return critical;
  const endOf = (row: number) => (rows.start[row] ?? 0) + (rows.duration[row] ?? 0);
  const path: Frame[] = [];
  const enter = (row: number, until: number) => {
    critical[row] = 1;
    path.push({ row, children: childrenByEnd(rows, row, endOf), next: 0, until });
  };
  enter(0, endOf(0));
  for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
    const child = frame.children[frame.next];
    if (child === undefined) {
      path.pop();
      continue;
    }
    frame.next++;
    const end = Math.min(endOf(child), endOf(frame.row));
    if (end > frame.until + tolerance(frame.until + traceStart)) continue;
    frame.until = Math.max(rows.start[child] ?? 0, rows.start[frame.row] ?? 0);
    enter(child, end);
  }
  return critical;
}

const tolerance = (time: number) => (time % rounding === 0 ? rounding : 0);

/** Children that overlap their parent. */
function childrenByEnd(rows: Rows, row: number, endOf: (row: number) => number): number[] {
  const children: number[] = [];
  const begin = rows.start[row] ?? 0;
  const end = endOf(row);
  const last = row + (rows.subtreeSize[row] ?? 1);
  for (let child = row + 1; child < last; child += rows.subtreeSize[child] ?? 1) {
    if ((rows.start[child] ?? 0) <= end && endOf(child) >= begin) children.push(child);
  }
  return children.sort((a, b) => Math.min(endOf(b), end) - Math.min(endOf(a), end) || b - a);
}
