import type { TimeWindow } from './base/timeWindow.ts';
import type { EpochMicroseconds, Microseconds } from './base/units.ts';
import type { FiguresBasis, OperationFigures } from './correlate/figures/figures.ts';
import type { OperationSelector } from './matching/operations/operationKinds.ts';
import type { RawSpan } from './trace/rawSpan.ts';

/** Finds the traces with a span that meets every condition by itself. */
export interface TraceQuery {
  /** Undefined: every service. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** Of the span, its resource or its events: see `hasAttribute`. */
  readonly attributes?: readonly SoughtAttribute[];
  /** The shortest that is found. */
  readonly minDuration: Microseconds | undefined;
  /** The longest that is found. */
  readonly maxDuration?: Microseconds | undefined;
  readonly errorsOnly: boolean;
  /** The span starts within it; unlike in figures, its end is included. */
  readonly window: TimeWindow;
  /** How many traces at most, newest first. */
  readonly limit: number;
  /** Traces with a span of this handler or route; from a lens or an Endpoints row. */
  readonly operations?: readonly OperationSelector[];
  /** Default newest; `slowest` where the source can: see `SourceCapabilities`. */
  readonly order?: 'newest' | 'slowest';
}

/** An attribute that a span has to have. */
export interface SoughtAttribute {
  readonly key: string;
  /** As text, in the case it has: `true`, `500`, `0.25`, `["a","b"]`. */
  readonly value: string;
}

/** One line of the Traces view. */
export interface TraceSummary {
  readonly traceId: string;
  readonly rootService: string;
  readonly rootOperation: string;
  readonly start: EpochMicroseconds;
  readonly duration: Microseconds;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly services: readonly string[];
  /** Duration of the span the query asked for, where a selector was given. */
  readonly matched: Microseconds | undefined;
}

/** A cut answer says why; "none" and "not read" differ: a failed read is a `SourceError`. */
export interface Bounded {
  readonly complete: boolean;
  /** Why it isn't complete, as a sentence; empty when it is. */
  readonly reason: string;
}

/** A span, or another part of what was read, that the reader could not use. */
export interface DroppedSpan {
  /** Where in the answer: `data[0].spans[17].startTime`. */
  readonly position: string;
  readonly reason: string;
}

/** What could not be used. Where there is any, the answer isn't complete, and its `reason` says so. */
export interface DroppedSpans {
  /** At most a hundred; `droppedCount` counts all. */
  readonly dropped: readonly DroppedSpan[];
  readonly droppedCount: number;
}

export interface SearchAnswer extends Bounded, DroppedSpans {
  readonly traces: readonly TraceSummary[];
}

export interface TraceAnswer extends Bounded, DroppedSpans {
  /** Each once, however often it was sent: see `distinctSpans`. */
  readonly spans: readonly RawSpan[];
}

export interface SampleAnswer extends Bounded {
  /** Whole traces, newest first. */
  readonly traces: readonly (readonly RawSpan[])[];
}

export interface FiguresAnswer extends Bounded, DroppedSpans {
  readonly operations: readonly OperationFigures[];
  readonly window: TimeWindow;
  readonly basis: FiguresBasis;
  /** Traces looked at when the basis is a sample. */
  readonly sampledTraces: number | undefined;
  /** The whole traces that were read for it, where it was counted from traces: they needn't be read again. */
  readonly traces?: readonly (readonly RawSpan[])[];
  /** True where the source was too slow or too busy to be asked for all of it. */
  readonly overloaded?: boolean;
  /** For so long the source shouldn't be read again by the clock: others use it too. */
  readonly restMs?: number;
  readonly fetchedAt: EpochMicroseconds;
}

/** What `withFallbacks` makes up for, and what the engine goes by. */
export interface SourceCapabilities {
  /** Figures that count every request; otherwise they come from a sample of traces. */
  readonly completeFigures: boolean;
  /** Search without a service. */
  readonly searchAllServices: boolean;
  /** Search in the order `slowest`: the slowest come, or the answer isn't complete and says so. */
  readonly searchSlowest: boolean;
  /** Search reads no spans for its lines: thousands may be asked for. */
  readonly listsCheaply?: boolean;
  /** What it can't do and why, as sentences for the user. */
  readonly limitations: readonly string[];
}

export interface Operation {
  readonly name: string;
  readonly kind: string;
}

/**
 * Where traces come from. Every method is bounded in bytes, rows and time by the source's own limits,
 * stops when `signal` aborts (rejecting with `AbortError`), and throws `SourceError` otherwise.
 */
export interface TraceSource {
  /** For the status bar: `Jaeger at http://localhost:16686`, `local store`. */
  readonly label: string;
  readonly capabilities: SourceCapabilities;
  /** Sorted, unique. */
  services(signal: AbortSignal): Promise<readonly string[]>;
  operations(service: string, signal: AbortSignal): Promise<readonly Operation[]>;
  search(query: TraceQuery, signal: AbortSignal): Promise<SearchAnswer>;
  /** Whole traces that match, as `search` finds them: the material for figures per call site. */
  sample(query: TraceQuery, signal: AbortSignal): Promise<SampleAnswer>;
  /** @throws SourceError `notFound` when there is no such trace; `rejected` when `traceId` isn't hex. */
  trace(traceId: string, signal: AbortSignal): Promise<TraceAnswer>;
  figures(window: TimeWindow, signal: AbortSignal): Promise<FiguresAnswer>;
  dispose(): void;
}

export interface Clock {
  now(): EpochMicroseconds;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
