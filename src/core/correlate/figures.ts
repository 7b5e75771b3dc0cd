import type { TimeWindow } from '../base/timeWindow.ts';
import type { EpochMicroseconds } from '../base/units.ts';
import type { Durations } from './durations/durations.ts';
import type { MergedDurations } from './durations/mergeDurations.ts';

/**
 * `complete`: every request that reached the source is counted. `partial`: each that could be read, and not all could.
 * `sampled`: a number of traces was looked at.
 */
export type FiguresBasis = 'complete' | 'partial' | 'sampled';

/**
 * What the spans of one row of figures have in common. Spans that count are those that answer a
 * request: SERVER spans (`layer: 'server'`) and the request spans of NestJS (`layer: 'nest'`), kept
 * apart because one request has both and errors differ (NestJS marks 4xx as errors, the server span
 * only 5xx); operations and fields of GraphQL are `layer: 'graphql'`, other entry spans (CONSUMER, roots)
 * `layer: 'other'`. Unknown parts are empty text. A consumer's key has its messaging system as controller, its topic
 * or queue as callback, its routing key or job as route, and `REQUEST` as method where the sender waits. A server's
 * span that names neither route nor handler has the shape of its path as callback (`pathShape`).
 */
export interface OperationKey {
  readonly layer: 'server' | 'nest' | 'graphql' | 'other';
  readonly service: string;
  /** Span name. */
  readonly name: string;
  /** HTTP method in upper case. */
  readonly method: string;
  /** `http.route`: `/api/orders/:id`. */
  readonly route: string;
  /** `nestjs.controller`: the runtime class; of GraphQL the type that has the fields. */
  readonly controller: string;
  /** `nestjs.callback`: the method name; of GraphQL the fields, with commas. */
  readonly callback: string;
}

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
  readonly layer: OperationKey['layer'];
  readonly slowestTraceId: string | undefined;
}
