import type { EpochMicroseconds, Microseconds, SpanRow } from '../base/units.ts';
import type { RawSpan } from './rawSpan.ts';

/** Codes in `TraceColumns.kind`, by position. */
export const spanKinds = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const;
/** Codes in `TraceColumns.status`, by position. */
export const spanStatuses = ['unset', 'ok', 'error'] as const;
/** The code of a span that failed. */
export const errorStatus = spanStatuses.indexOf('error');

/**
 * One trace as columns, one entry a row. Rows are depth first, siblings by start (ties: see spanOrder.ts); the
 * subtree of `row` is the `subtreeSize[row]` rows from `row` on (itself included). Each array owns
 * exactly its buffer, so that columns can be transferred.
 */
export interface TraceColumns {
  /** µs since the trace's start; never negative. */
  readonly start: Float64Array;
  /** µs. */
  readonly duration: Float64Array;
  /** Duration less the time covered by children (clipped to the span): µs. */
  readonly selfTime: Float64Array;
  /** Row of the parent, -1 at a root. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly subtreeSize: Int32Array;
  /** Index into `services`. */
  readonly service: Uint32Array;
  /** Index into `operations`. */
  readonly operation: Uint32Array;
  /** Index into `spanKinds`. */
  readonly kind: Uint8Array;
  /** Index into `spanStatuses`. */
  readonly status: Uint8Array;
  /** 1 where the span, or one below it, has a part of the critical path of the trace's main root: see `mainRoot`. */
  readonly critical: Uint8Array;
  /** The span's own parts of that path, in µs: all rows together have the main root's duration. */
  readonly criticalTime: Float64Array;
  /**
   * Those parts: `row` has those from `criticalParts[row]` up to `criticalParts[row + 1]` (one entry more than there are
   * rows), by time. All of them lie side by side.
   */
  readonly criticalParts: Uint32Array;
  /** Of each part, µs since the trace's start. */
  readonly criticalFrom: Float64Array;
  readonly criticalTo: Float64Array;
}

/** What a page needs to draw a trace; everything else about a span is asked for one at a time. */
export interface TraceShape {
  readonly traceId: string;
  readonly start: EpochMicroseconds;
  /** Latest end less earliest start. */
  readonly duration: Microseconds;
  readonly size: number;
  readonly services: readonly string[];
  /** What rows are called: see `spanLabel`. */
  readonly operations: readonly string[];
  /** What spans themselves are called, by the same index: filters find them by it too. */
  readonly operationNames: readonly string[];
  readonly columns: TraceColumns;
}

export interface Trace extends TraceShape {
  /** The span of each row. */
  readonly spans: readonly RawSpan[];
}

export type TraceProblemKind =
  'missingParent' | 'cycle' | 'duplicateId' | 'oddTime' | 'outsideParent' | 'foreignTrace';

/** A repair that `buildTrace` made, in words for the user. */
export interface TraceProblem {
  readonly kind: TraceProblemKind;
  readonly row: SpanRow;
  readonly message: string;
}

export interface BuiltTrace {
  readonly trace: Trace;
  /** The first thousand, and the first of each kind; `problemCount` counts all. */
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
}
