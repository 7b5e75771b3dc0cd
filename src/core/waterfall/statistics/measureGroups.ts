import { nearestRank } from '../../base/nearestRank.ts';
import { errorStatus, type TraceColumns } from '../../trace/trace.ts';

/** The numbers of some spans; times in µs. */
export interface SpanStatistics {
  readonly count: number;
  /** Durations together: of a span and one below it, both count. */
  readonly total: number;
  readonly average: number;
  /** Exact, by nearest rank. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly selfTime: number;
  /** Their own parts of the critical path. */
  readonly criticalTime: number;
  readonly errors: number;
  /** Those that the filter finds. */
  readonly matches: number;
}

type Measured = Pick<TraceColumns, 'duration' | 'selfTime' | 'criticalTime' | 'status'>;

/** Which rows count, and which are found; undefined: all, and none. */
export interface CountedRows {
  readonly seen: Uint8Array | undefined;
  readonly matches: Uint8Array | undefined;
}

/**
 * The numbers of each group; undefined where none of its rows counts. Durations are laid out group by group in one
 * array and sorted there: O(n log n), and what is added up is added up in one pass over the columns.
 * @param column the group of each row, below `groupCount`
 */
export function measureGroups(
  columns: Measured,
  column: Uint32Array,
  groupCount: number,
  { seen, matches }: CountedRows,
): readonly (SpanStatistics | undefined)[] {
  const starts = bucketStarts(column, groupCount, seen);
  const filled = new Uint32Array(groupCount);
  const durations = new Float64Array(starts[groupCount] ?? 0);
  const sums = {
    total: new Float64Array(groupCount),
    selfTime: new Float64Array(groupCount),
    criticalTime: new Float64Array(groupCount),
    errors: new Uint32Array(groupCount),
    matches: new Uint32Array(groupCount),
  };
  for (let row = 0; row < column.length; row++) {
    if (seen && seen[row] !== 1) continue;
    const group = column[row] ?? 0;
    const duration = columns.duration[row] ?? 0;
    const place = filled[group] ?? 0;
    filled[group] = place + 1;
    durations[(starts[group] ?? 0) + place] = duration;
    sums.total[group] = (sums.total[group] ?? 0) + duration;
    sums.selfTime[group] = (sums.selfTime[group] ?? 0) + (columns.selfTime[row] ?? 0);
    sums.criticalTime[group] = (sums.criticalTime[group] ?? 0) + (columns.criticalTime[row] ?? 0);
    if (columns.status[row] === errorStatus) sums.errors[group] = (sums.errors[group] ?? 0) + 1;
    if (matches?.[row] === 1) sums.matches[group] = (sums.matches[group] ?? 0) + 1;
  }
  return Array.from(filled, (count, group) => {
    if (count === 0) return undefined;
    const from = starts[group] ?? 0;
    const sorted = durations.subarray(from, from + count).sort();
    const total = sums.total[group] ?? 0;
    return {
      count,
      total,
      average: total / count,
      p50: sorted[nearestRank(0.5, count)] ?? 0,
      p95: sorted[nearestRank(0.95, count)] ?? 0,
      max: sorted[count - 1] ?? 0,
      selfTime: sums.selfTime[group] ?? 0,
      criticalTime: sums.criticalTime[group] ?? 0,
      errors: sums.errors[group] ?? 0,
      matches: sums.matches[group] ?? 0,
    };
  });
}

/** Where each group begins among all that count; one entry more than there are groups, for the end. */
function bucketStarts(
  column: Uint32Array,
  groupCount: number,
  seen: Uint8Array | undefined,
): Uint32Array {
  const starts = new Uint32Array(groupCount + 1);
  for (let row = 0; row < column.length; row++) {
    if (seen && seen[row] !== 1) continue;
    const next = (column[row] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let group = 0; group < groupCount; group++)
    starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  return starts;
}
