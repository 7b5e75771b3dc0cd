import type { CqlSession } from '../cql/session.ts';
import type { CqlRow } from '../cql/rows.ts';
import type { Target } from './durationIndex.ts';
import { readIndexRow, type IndexPart, type Slice, type SpanIndex } from './indexRows.ts';

/** `service_name_index` spreads a service over so many partitions, by the span's hash. */
const partitions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * The newest spans of a target, in the indexes sorted by time. They lose spans: of those that start in the same µs the
 * last one written stays. So they tell how far back to look, and what there is only where nothing better answers.
 */
export class RecentIndex implements SpanIndex {
  readonly #cql: CqlSession;
  readonly #target: Target;

  constructor(cql: CqlSession, target: Target) {
    this.#cql = cql;
    this.#target = target;
  }

  async read({ from, to }: Slice, most: number, signal: AbortSignal): Promise<IndexPart> {
    const { service, operation } = this.#target;
    const during = 'start_time >= ? AND start_time <= ?';
    const times = [BigInt(from), BigInt(to)];
    const each = operation === undefined ? Math.ceil(most / partitions.length) : most;
    const rows =
      operation === undefined
        ? this.#cql.rows(
            `SELECT bucket, start_time, trace_id FROM service_name_index WHERE service_name = ? AND bucket IN (${partitions.join(', ')}) AND ${during} PER PARTITION LIMIT ${String(each)}`,
            [service, ...times],
            { signal },
          )
        : this.#cql.rows(
            `SELECT start_time, trace_id FROM service_operation_index WHERE service_name = ? AND operation_name = ? AND ${during} LIMIT ${String(each)}`,
            [service, operation, ...times],
            { signal },
          );
    const read: CqlRow[] = [];
    for await (const row of rows) read.push(row);
    return partOf(read, each, from);
  }

  has(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** A partition of which `most` rows were read may have more, before the oldest of them. */
function partOf(rows: readonly CqlRow[], most: number, from: number): IndexPart {
  const cut = [...Map.groupBy(rows, ({ bucket }) => bucket).values()]
    .filter((own) => own.length >= most)
    .map((own) => Math.min(...own.map((row) => Number(row['start_time']))));
  const knownFrom = Math.max(from, ...cut);
  return { rows: rows.map(readIndexRow).filter(({ start }) => start >= knownFrom), knownFrom };
}

/** From when on there are more than `wanted` traces, as far as the parts are known. */
export function startOfNewest(parts: readonly IndexPart[], wanted: number): number {
  const knownFrom = Math.max(...parts.map((part) => part.knownFrom));
  const traces = new Set<string>();
  const rows = parts.flatMap((part) => part.rows).filter(({ start }) => start >= knownFrom);
  for (const { traceId, start } of rows.sort((a, b) => b.start - a.start)) {
    traces.add(traceId);
    if (traces.size > wanted) return start;
  }
  return knownFrom;
}
