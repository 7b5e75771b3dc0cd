import type { TraceQuery } from '../../../core/ports.ts';
import type { CqlValue, CqlRow } from '../cql/rows.ts';
import type { CqlSession } from '../cql/session.ts';
import { durationBuckets, type DurationBucket } from './durationBuckets.ts';
import {
  readIndexRow,
  type IndexPart,
  type IndexRow,
  type SpanIndex,
  type Slice,
} from './indexRows.ts';

/** Whose spans are looked for. */
export interface Target {
  readonly service: string;
  /** Undefined: of every operation. */
  readonly operation: string | undefined;
}

type Durations = Pick<TraceQuery, 'minDuration' | 'maxDuration'>;

/**
 * The spans of a target within the durations, in `duration_index`: the only index of a service or operation that
 * loses none. (The others have no trace id in their key: of spans that start in the same µs the last one stays, and
 * Node's starts are whole milliseconds.) Within an hour it is sorted by duration, not by time.
 */
export class DurationIndex implements SpanIndex {
  readonly #cql: CqlSession;
  readonly #target: Target;
  readonly #durations: Durations;

  constructor(cql: CqlSession, target: Target, durations: Durations) {
    this.#cql = cql;
    this.#target = target;
    this.#durations = durations;
  }

  async read(slice: Slice, most: number, signal: AbortSignal): Promise<IndexPart> {
    const rows: IndexRow[] = [];
    let knownFrom = slice.to + 1;
    for (const bucket of durationBuckets(slice)) {
      const ofBucket: IndexRow[] = [];
      const left = most - rows.length;
      for await (const row of this.slowestFirst(bucket, signal, Math.min(left + 1, pageRows))) {
        ofBucket.push(row);
        if (ofBucket.length > left) return { rows, knownFrom };
      }
      rows.push(...ofBucket);
      knownFrom = bucket.from;
    }
    return { rows, knownFrom };
  }

  /** The rows of one bucket, the longest first, page by page. */
  async *slowestFirst(
    bucket: DurationBucket,
    signal: AbortSignal,
    fetchSize: number,
  ): AsyncGenerator<IndexRow, void> {
    const { text, values } = this.#statement(bucket);
    for await (const row of this.#cql.rows(text, values, { signal, fetchSize }))
      yield readIndexRow(row);
  }

  async has({ traceId, spanId }: IndexRow, signal: AbortSignal): Promise<boolean> {
    if (spanId === undefined) return true;
    const select = 'SELECT operation_name, duration FROM traces WHERE trace_id = ? AND span_id = ?';
    const values = [Buffer.from(traceId, 'hex'), spanId];
    for await (const row of this.#cql.rows(select, values, { signal }))
      if (this.#holds(row)) return true;
    return false;
  }

  #holds({ operation_name: name, duration }: CqlRow): boolean {
    const { minDuration, maxDuration } = this.#durations;
    const length = Math.max(0, Number(duration));
    return (
      (this.#target.operation === undefined || name === this.#target.operation) &&
      length >= (minDuration ?? 0) &&
      length <= (maxDuration ?? Infinity)
    );
  }

  #statement(part: DurationBucket): { text: string; values: readonly CqlValue[] } {
    const { service, operation = '' } = this.#target;
    const { minDuration, maxDuration } = this.#durations;
    const conditions: (readonly [string, CqlValue])[] = [
      ['service_name = ?', service],
      ['operation_name = ?', operation],
      ['bucket = ?', part.bucket],
    ];
    // A span that ends before it starts has a negative length here and counts as 0 everywhere else.
    if (minDuration !== undefined && minDuration > 0)
      conditions.push(['duration >= ?', BigInt(Math.ceil(minDuration))]);
    if (maxDuration !== undefined)
      conditions.push(['duration <= ?', BigInt(Math.floor(maxDuration))]);
    if (!part.isWhole) {
      conditions.push(['start_time >= ?', BigInt(part.from)], ['start_time <= ?', BigInt(part.to)]);
    }
    const where = conditions.map(([condition]) => condition).join(' AND ');
    return {
      text: `SELECT trace_id, start_time, duration FROM duration_index WHERE ${where}${part.isWhole ? '' : ' ALLOW FILTERING'}`,
      values: conditions.map(([, value]) => value),
    };
  }
}

const pageRows = 5_000;
