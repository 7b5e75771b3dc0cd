import type { CqlRow } from '../cql/rows.ts';

/** A span as an index names it. */
export interface IndexRow {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** µs since 1970. */
  readonly start: number;
  /** µs; undefined in indexes that don't have it. */
  readonly duration: number | undefined;
  /** Undefined in indexes that don't have it. */
  readonly spanId: bigint | undefined;
}

/** Times in whole µs, both included. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** What an index has in a slice, as far as it was read. */
export interface IndexPart {
  /** All that start at or after `knownFrom`, in no order. */
  readonly rows: readonly IndexRow[];
  /** Down to where the index was read: the start of the slice when it was read whole, more than its end if not at all. */
  readonly knownFrom: number;
}

/** The spans that meet one condition, as an index has them: each that does, perhaps some that don't. */
export interface SpanIndex {
  /** @param most rows read at most, or a few more */
  read(slice: Slice, most: number, signal: AbortSignal): Promise<IndexPart>;
  /** Whether the span is in the index; true where that can't be told without reading more than the span's trace. */
  has(row: IndexRow, signal: AbortSignal): Promise<boolean>;
}

export function readIndexRow(row: CqlRow): IndexRow {
  const { trace_id: traceId, start_time: start, duration, span_id: spanId } = row;
  return {
    traceId: Buffer.isBuffer(traceId) ? traceId.toString('hex') : '',
    start: Number(start),
    duration: typeof duration === 'bigint' ? Number(duration) : undefined,
    spanId: typeof spanId === 'bigint' ? spanId : undefined,
  };
}

/** The same for two indexes' rows of one span; spans of one trace that start in the same µs share it. */
export const spanKey = ({ traceId, start }: IndexRow): string => `${traceId} ${String(start)}`;
