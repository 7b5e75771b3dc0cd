import type { Evidence } from '../core/matching/evidence.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import type { TraceAnswer } from '../core/ports.ts';
import type { BuiltTrace } from '../core/trace/trace.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import { parseTraceId } from '../core/trace/traceId.ts';

export interface KeptTrace {
  readonly built: BuiltTrace;
  readonly answer: TraceAnswer;
  /** What it was mapped with, its own included. */
  readonly evidence: Evidence;
  /** One a row. */
  readonly matches: readonly SpanMatch[];
}

/** The traces that panels look at, latest use last; the oldest go when there are too many spans. */
export class KeptTraces {
  readonly #maxSpans: number;
  readonly #traces = new Map<string, KeptTrace>();

  /** @param maxSpans of all kept traces together; the newest trace is kept however big it is. */
  constructor(maxSpans = 500_000) {
    this.#maxSpans = maxSpans;
  }

  /** @param traceId in any way that `parseTraceId` knows */
  get(traceId: string): KeptTrace | undefined {
    const kept = this.#traces.get(keyOf(traceId));
    if (kept) this.keep(traceId, kept);
    return kept;
  }

  keep(traceId: string, kept: KeptTrace): void {
    const key = keyOf(traceId);
    this.#traces.delete(key);
    this.#traces.set(key, kept);
    let spans = 0;
    for (const trace of this.#traces.values()) spans += trace.built.trace.size;
    for (const [oldest, trace] of this.#traces) {
      if (spans <= this.#maxSpans || oldest === key) return;
      this.#traces.delete(oldest);
      spans -= trace.built.trace.size;
    }
  }

  /** The spans of all that are kept. */
  get spans(): readonly (readonly RawSpan[])[] {
    return [...this.#traces.values()].map(({ answer }) => answer.spans);
  }

  clear(): void {
    this.#traces.clear();
  }
}

const keyOf = (traceId: string): string => parseTraceId(traceId) ?? traceId;
