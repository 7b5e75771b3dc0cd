import { epochMicroseconds, microseconds } from '../base/units.ts';
import { answersCall, lingering, rounding } from './clockSkew.ts';
import type { TraceColumns, TraceShape } from './trace.ts';

/** Spans of one service that were called by another whose clock differs. Shifts in µs, later is positive. */
export interface ClockShift {
  /** Indexes into `services`. */
  readonly service: number;
  readonly caller: number;
  /** The one furthest from zero. */
  readonly shift: number;
  /** Calls that were shifted; what runs below them moves along. */
  readonly calls: number;
}

export interface AdjustedClocks {
  /** Starts in µs since the trace's recorded start; may be negative. */
  readonly start: Float64Array<ArrayBuffer>;
  /** By how much most, first; empty: every call fits into its caller's time as it was recorded. */
  readonly shifts: readonly ClockShift[];
}

/**
 * Starts by the clock of the callers: a call of another service that doesn't fit into the span that made it is put in its
 * middle, as if both ways took as long, or to its start where it is longer. What the service did below it moves along.
 * Only the answer to a call has to end in it: messages wait in queues, and work is left running.
 * The same estimate as Jaeger's (cmd/query/app/querysvc/adjuster/clockskew.go), without its need of host addresses.
 */
export function adjustClocks({ columns, size }: TraceShape): AdjustedClocks {
  const { parent, service } = columns;
  const start = columns.start.slice();
  const shift = new Float64Array(size);
  const byPair = new Map<
    number,
    { service: number; caller: number; shift: number; calls: number }
  >();
  for (let row = 0; row < size; row++) {
    const above = parent[row] ?? -1;
    if (above < 0) continue;
    const own = service[row] ?? 0;
    const caller = service[above] ?? 0;
    const by =
      own === caller
        ? (shift[above] ?? 0)
        : shiftInto(columns, row, start[above] ?? 0, columns.duration[above] ?? 0);
    if (by === 0) continue;
    shift[row] = by;
    start[row] = (start[row] ?? 0) + by;
    if (own === caller) continue;
    const key = own * size + caller;
    const pair = byPair.get(key) ?? { service: own, caller, shift: 0, calls: 0 };
    if (Math.abs(shift[row] ?? 0) > Math.abs(pair.shift)) pair.shift = shift[row] ?? 0;
    pair.calls += 1;
    byPair.set(key, pair);
  }
  const shifts = [...byPair.values()].sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift));
  return { start, shifts };
}

/** By how much a call has to move to lie in its caller's time; 0 where it does, but for rounding, or need not end in it. */
function shiftInto(columns: TraceColumns, row: number, from: number, length: number): number {
  const start = columns.start[row] ?? 0;
  const duration = columns.duration[row] ?? 0;
  const isEarly = start < from - rounding;
  if (duration > length) return isEarly ? from - start : 0;
  const isLate = start + duration > from + length + lingering && answersCall(columns, row);
  return isEarly || isLate ? from + (length - duration) / 2 - start : 0;
}

/** The trace with other starts; times begin at the earliest of them. Rows stay, so that siblings may not be by start. */
export function withStarts(shape: TraceShape, starts: Float64Array<ArrayBuffer>): TraceShape {
  const { duration } = shape.columns;
  const earliest = starts.reduce((least, one) => Math.min(least, one), starts[0] ?? 0);
  const start = starts.map((one) => one - earliest);
  const latest = start.reduce((most, one, row) => Math.max(most, one + (duration[row] ?? 0)), 0);
  return {
    ...shape,
    start: epochMicroseconds(shape.start + earliest),
    duration: microseconds(latest),
    columns: { ...shape.columns, start, ...movedParts(shape.columns, start) },
  };
}

/** The parts of the critical path, each as far into its span as before. */
function movedParts(
  columns: TraceColumns,
  start: Float64Array,
): Pick<TraceColumns, 'criticalFrom' | 'criticalTo'> {
  const { criticalParts } = columns;
  const [criticalFrom, criticalTo] = [columns.criticalFrom.slice(), columns.criticalTo.slice()];
  for (let row = 0; row < start.length; row++) {
    const by = (start[row] ?? 0) - (columns.start[row] ?? 0);
    const last = criticalParts[row + 1] ?? 0;
    for (let part = criticalParts[row] ?? 0; part < last; part++) {
      criticalFrom[part] = (criticalFrom[part] ?? 0) + by;
      criticalTo[part] = (criticalTo[part] ?? 0) + by;
    }
  }
  return { criticalFrom, criticalTo };
}
