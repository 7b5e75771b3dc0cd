import type { TimeWindow } from '../../../core/base/timeWindow.ts';

/** The rows of one operation whose spans start in one bucket: see `hourBuckets`. */
export interface Partition {
  readonly service: string;
  readonly operation: string;
  readonly bucket: TimeWindow;
}

/** A row of the index, for a span or several alike in trace, operation, start and duration. */
export interface IndexRow {
  /** Whole µs. */
  readonly duration: number;
  /** µs since 1970. */
  readonly start: number;
}

export interface TracedRow extends IndexRow {
  readonly traceId: string;
}

/** Durations from `low` (included) to `high` (excluded), in µs. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Counted {
  readonly count: number;
  /** Of all durations together, in µs. */
  readonly total: number;
}

/** Questions to duration_index; each rejects with SourceError, or `AbortError` once `signal` aborts. */
export interface DurationIndex {
  /** The longest rows that start within `started`, longest first, `most` at most. */
  longest(
    partition: Partition,
    started: TimeWindow,
    most: number,
    signal: AbortSignal,
  ): Promise<readonly TracedRow[]>;
  /** The shortest row that starts within `started`. */
  shortest(
    partition: Partition,
    started: TimeWindow,
    signal: AbortSignal,
  ): Promise<IndexRow | undefined>;
  /** All rows that start within `started`, `most` at most. */
  rows(
    partition: Partition,
    started: TimeWindow,
    most: number,
    signal: AbortSignal,
  ): Promise<readonly IndexRow[]>;
  /** Counts on the server: it goes over the rows of the range and sends only what they come to. */
  count(
    partition: Partition,
    started: TimeWindow,
    range: Range,
    signal: AbortSignal,
  ): Promise<Counted>;
}
