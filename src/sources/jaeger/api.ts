import type { Operation } from '../../core/ports.ts';
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
