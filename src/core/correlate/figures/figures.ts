import type { TimeWindow } from '../../base/timeWindow.ts';
import type { EpochMicroseconds } from '../../base/units.ts';
import type { Durations } from '../durations/durations.ts';
import type { MergedDurations } from '../durations/mergeDurations.ts';
import type { Layer, OperationKey } from '../../matching/operations/operationKinds.ts';

/**
 * `complete`: every request that reached the source is counted. `partial`: each that could be read, and not all could.
 * `sampled`: a number of traces was looked at.
 */
export type FiguresBasis = 'complete' | 'partial' | 'sampled';

/** How many of `of` requests failed. Where `of` is less than all that are counted, these are a sample. */
export interface ErrorCount {
  readonly count: number;
  readonly of: number;
}

/** What a source knows of one operation in a window. */
export interface OperationFigures {
  readonly key: OperationKey;
  readonly durations: Durations;
  /** Undefined: unknown. */
  readonly errors: ErrorCount | undefined;
  /** The slowest trace known, to jump to. */
  readonly slowestTraceId: string | undefined;
  /** Of operations of one name that the source can't tell apart: their span kinds (`client`, `server`). */
  readonly mixedKinds?: readonly string[];
}

/** Requests that failed among those looked at, where not all were. */
export interface ErrorSample extends ErrorCount {
  /** Of all requests, 0 to 1: of several operations each counts as much as it has requests. */
  readonly share: number;
}

/**
 * The figures of one handler or unmapped operation, as views and lenses show them. Plain data. Undefined: unknown;
 * what isn't known isn't shown.
 */
export interface Figures extends MergedDurations {
  /** Among all requests. */
  readonly errors: number | undefined;
  /** Where `errors` isn't known and a sample is. */
  readonly errorSample?: ErrorSample;
  /** Spans of these kinds are counted together: see `OperationFigures`. */
  readonly mixedKinds?: readonly string[];
  readonly window: TimeWindow;
  /** Label of the source. */
  readonly source: string;
  readonly basis: FiguresBasis;
  /** Traces looked at when the basis is a sample. */
  readonly sampledTraces: number | undefined;
  readonly fetchedAt: EpochMicroseconds;
  /** Which spans were counted; `nest` where a service has no server span with a route. */
  readonly layer: Layer;
  readonly slowestTraceId: string | undefined;
}
