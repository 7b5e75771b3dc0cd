import type { Operation, TraceSummary } from '../../core/ports.ts';
import type { MetricsApi } from './metrics.ts';
import type { JaegerTraces } from './readTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** The questions that both of Jaeger's APIs answer. */
export interface JaegerApi {
  /** In no order. */
  services(signal: AbortSignal): Promise<readonly string[]>;
  operations(service: string, signal: AbortSignal): Promise<readonly Operation[]>;
  /** Whole traces with a span that meets the question, at most `limit`, in no order. */
  traces(question: TracesQuestion, signal: AbortSignal): Promise<JaegerTraces>;
  /** One trace; none when there is no such trace. */
  trace(traceId: string, signal: AbortSignal): Promise<JaegerTraces>;
}

/** A Jaeger of any release: its questions, whichever of its APIs answers them. */
export interface JaegerServer extends JaegerApi {
  /** The address without credentials. */
  readonly shown: string;
  readonly metrics: MetricsApi;
  /**
   * True where a search by several conditions finds the spans that meet all of them: not on Cassandra. Asked
   * once.
   */
  combines(service: string, signal: AbortSignal): Promise<boolean>;
  /** True for 2.19 and later. Asked once. */
  hasSummaries(signal: AbortSignal): Promise<boolean>;
  /**
   * The lines of the traces that `traces` would answer. What was found can't be checked: to be asked for one
   * condition at a time.
   */
  summaries(question: TracesQuestion, signal: AbortSignal): Promise<readonly TraceSummary[]>;
}
