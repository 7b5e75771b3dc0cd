import type { CodeProblem, Handler } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import type { Confidence } from '../../matching/match.ts';
import type { UnmappedCause } from '../../matching/unmappedCause.ts';
import type { SpanCategory } from './spanCategory.ts';

/** A span to look at: the first one seen of its row. */
export interface SpanExample {
  readonly traceId: string;
  readonly spanId: string;
  /** What the waterfall calls it; hostile text. */
  readonly label: string;
}

interface MappedCount {
  readonly confidence: Confidence;
  readonly count: number;
  readonly example: SpanExample;
}

/** Spans without a line for one sentence: `No handler of shop-api has the route GET /metrics.` */
export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
  readonly example: SpanExample;
}

export interface CauseCount {
  readonly cause: UnmappedCause;
  readonly count: number;
  readonly example: SpanExample;
  /** Most frequent first; together fewer than `count` where there are very many. */
  readonly reasons: readonly ReasonCount[];
}

/** Spans of which some have a line. */
export interface SpanCounts {
  readonly spans: number;
  readonly mapped: number;
  /** Of those mapped: by a guess that may well be wrong. */
  readonly weak: number;
  /** Spans that no code of a workspace makes: a framework's, a proxy's. Neither mapped nor missing. */
  readonly expected: number;
}

export interface SortReport extends SpanCounts {
  readonly sort: SpanCategory;
  /** Surest first. */
  readonly confidences: readonly MappedCount[];
  /** What can be helped first, then most frequent first. */
  readonly causes: readonly CauseCount[];
}

export interface ServiceReport extends SpanCounts {
  readonly service: string;
  /** Undefined: not known. */
  readonly folder: WorkspacePath | undefined;
  /** How the folder is known, or why it isn't. */
  readonly evidence: string;
  /** `telemetry.sdk.language`; empty when the service doesn't say. */
  readonly language: string;
  readonly sorts: readonly SortReport[];
  readonly example: SpanExample;
}

/** Something services answered that the code doesn't declare. */
export interface UndeclaredRoute {
  readonly service: string;
  /** `GET /metrics`, `HealthController.check`. */
  readonly title: string;
  readonly count: number;
  readonly reason: string;
  readonly example: SpanExample;
}

/**
 * Why no span hit a handler: `unused`: its service was traced, but not this; `serviceNotTraced`: no span of
 * its folder; `kindNotTraced`: no instrumentation is known that makes spans for handlers of its kind.
 */
export type UncoveredReason = 'unused' | 'serviceNotTraced' | 'kindNotTraced';

export interface UncoveredHandler {
  readonly handler: Handler;
  readonly silence: UncoveredReason;
}

/** What the spans of a number of traces say of the mapping, and of the code. Plain data. */
export interface MappingReport extends SpanCounts {
  readonly traces: number;
  /** Most spans first. */
  readonly services: readonly ServiceReport[];
  /** By file and line. */
  readonly uncoveredHandlers: readonly UncoveredHandler[];
  /** Most frequent first; of very many the first that were seen. */
  readonly undeclaredRoutes: readonly UndeclaredRoute[];
  /** Code that is not, or not wholly, in the index. */
  readonly problems: readonly CodeProblem[];
}
