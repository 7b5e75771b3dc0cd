import { message } from '../core/base/message.ts';
import { onceEach } from '../core/base/onceEach.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { Evidence } from '../core/matching/evidence.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import type { BuiltTrace, Trace } from '../core/trace/trace.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { TraceAnswer } from '../core/ports.ts';
import { parseTraceId } from '../core/trace/traceId.ts';

/** A trace as it was read. */
export interface ReadTrace extends TraceAnswer {
  /** Of a file: how many traces it has. */
  readonly tracesInFile?: number;
  /** Ids of the traces whose spans are among its own, to be shown with it. */
  readonly joined?: readonly string[];
}

export interface KeptTrace {
  readonly built: BuiltTrace;
  readonly answer: ReadTrace;
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

  /** @param traceId in any way that `parseTraceId` knows, or as `fileTraceKey` writes it */
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

  get built(): readonly Trace[] {
    return [...this.#traces.values()].map(({ built }) => built.trace);
  }

  clear(): void {
    this.#traces.clear();
  }
}

const keyOf = (traceId: string): string => parseTraceId(traceId) ?? traceId;

/** A kept trace as matchers and explanations take it: the same one for the same mapping, so that what is worked out of it is remembered. */
export const mappedOf = onceEach(({ built, matches }: KeptTrace): MappedTrace => ({
  trace: built.trace,
  matches,
}));

/** @throws SourceError `notFound` where it is no longer kept */
export function keptTrace(traces: KeptTraces, traceId: string): KeptTrace {
  const kept = traces.get(traceId);
  if (kept) return kept;
  throw new SourceError(
    'notFound',
    message('This trace is no longer loaded. Open it again.'),
    traceId,
  );
}
