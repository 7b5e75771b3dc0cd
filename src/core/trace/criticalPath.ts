import type { TraceColumns } from './trace.ts';

type Rows = Pick<TraceColumns, 'start' | 'duration' | 'parent' | 'subtreeSize'>;

/**
 * Gets a stretch of the critical path that is one span's own: none of its children on the path ran then.
 * @param from µs since the trace's start
 * @param to µs since the trace's start; later than `from`
 */
type VisitPart = (row: number, from: number, to: number) => void;

/** The millisecond to which OpenTelemetry's JS SDK rounds starts, but not ends. */
const rounding = 1_000;

/** A span on the path whose children are still being looked through. */
interface Frame {
  readonly row: number;
  /** The span as far as it lies within those above it. */
  readonly from: number;
  readonly to: number;
  /** By end, latest first; `next` is the first not yet looked at. */
  readonly children: readonly number[];
  next: number;
  /** Whose the time from here on is, is known. */
  until: number;
}

/** A critical path row by row: `TraceColumns` says what each column holds. */
export type CriticalPath = Pick<
  TraceColumns,
  'critical' | 'criticalTime' | 'criticalParts' | 'criticalFrom' | 'criticalTo'
>;

/** The critical path of a root, row by row. */
export function findCriticalPath(rows: Rows, traceStart: number, root: number): CriticalPath {
  const { parent } = rows;
  const critical = new Uint8Array(parent.length);
  const criticalTime = new Float64Array(parent.length);
  const parts: { readonly row: number; readonly from: number; readonly to: number }[] = [];
  const criticalParts = new Uint32Array(parent.length + 1);
  critical.fill(1, root, root + 1);
  const visit: VisitPart = (row, from, to) => {
    criticalTime[row] = (criticalTime[row] ?? 0) + (to - from);
    for (let above = row; critical[above] === 0; above = parent[above] ?? -1) critical[above] = 1;
    parts.push({ row, from, to });
    criticalParts[row + 1] = (criticalParts[row + 1] ?? 0) + 1;
  };
  visitCriticalPath(rows, traceStart, visit, root);
  for (let row = 0; row < parent.length; row++)
    criticalParts[row + 1] = (criticalParts[row + 1] ?? 0) + (criticalParts[row] ?? 0);
  const criticalFrom = new Float64Array(parts.length);
  const criticalTo = new Float64Array(parts.length);
  const next = criticalParts.slice();
  for (const { row, from, to } of parts.reverse()) {
    const at = next[row] ?? 0;
    criticalFrom[at] = from;
    criticalTo[at] = to;
    next[row] = at + 1;
  }
  return { critical, criticalTime, criticalParts, criticalFrom, criticalTo };
}

/**
 * The critical path of a row, latest part first: each moment of it is in exactly one part, so that
 * the parts add up to its duration, and each part lies within its span. None where that duration is 0.
 *
 * The rule is Jaeger UI's (`CriticalPath/index.tsx`): from the end of a span backwards, its last child to
 * finish is on the path; then, from that child's start, the last child that had finished by then; the
 * time between is the span's own. A child counts as far as it lies within what counts of its parent. Of
 * several that reach that end, the one is taken that ends closest to it, then the one that began first.
 * Where a start is rounded to the millisecond, a child may end up to a millisecond after it, and is cut.
 *
 * O(n log n), without recursion.
 * @param traceStart in µs since 1970: tells which starts are whole milliseconds.
 * @param root row whose path it is
 */
export function visitCriticalPath(
  rows: Rows,
  traceStart: number,
  visit: VisitPart,
  root: number,
): void {
  if (rows.parent.length <= root) return;
  const path: Frame[] = [];
  const enter = (row: number, from: number, to: number) => {
    path.push({ row, from, to, children: childrenByEnd(rows, row, from, to), next: 0, until: to });
  };
  enter(root, startOf(rows, root), endOf(rows, root));
  for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
    const child = frame.children[frame.next++];
    if (child === undefined) {
      if (frame.from < frame.until) visit(frame.row, frame.from, frame.until);
      path.pop();
      continue;
    }
    const from = Math.max(startOf(rows, child), frame.from);
    const end = Math.min(endOf(rows, child), frame.to);
    if (from >= frame.until || end > frame.until + tolerance(frame.until + traceStart)) continue;
    const to = Math.min(end, frame.until);
    if (to < frame.until) visit(frame.row, to, frame.until);
    frame.until = from;
    enter(child, from, to);
  }
}

const tolerance = (time: number) => (time % rounding === 0 ? rounding : 0);

const startOf = ({ start }: Rows, row: number): number => start[row] ?? 0;

const endOf = ({ start, duration }: Rows, row: number): number =>
  (start[row] ?? 0) + (duration[row] ?? 0);

/** Children that run for a while between these times, in the order in which the path takes them. */
function childrenByEnd(rows: Rows, row: number, from: number, to: number): readonly number[] {
  const children: number[] = [];
  const last = row + (rows.subtreeSize[row] ?? 1);
  for (let child = row + 1; child < last; child += rows.subtreeSize[child] ?? 1) {
    const start = startOf(rows, child);
    const end = endOf(rows, child);
    if (start < end && start < to && end > from) children.push(child);
  }
  return children.length < 2 ? children : byEnd(children, rows, to);
}

function byEnd(children: number[], rows: Rows, to: number): readonly number[] {
  return children.sort((a, b) => {
    const endA = endOf(rows, a);
    const endB = endOf(rows, b);
    return Math.min(endB, to) - Math.min(endA, to) || endA - endB || a - b;
  });
}
