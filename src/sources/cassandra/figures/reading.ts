import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { RawSpan, SpanKind } from '../../../core/trace/rawSpan.ts';
import type { DurationIndex } from './durationIndex.ts';

/** The name of operations, which may be of several kinds: the index keeps them together. */
export interface NamedOperation {
  readonly service: string;
  readonly name: string;
  /** Sorted, unique. */
  readonly kinds: readonly SpanKind[];
}

/** What figures are read from; each rejects with SourceError, or `AbortError` once `signal` aborts. */
export interface FiguresTables {
  readonly durations: DurationIndex;
  operations(signal: AbortSignal): Promise<readonly NamedOperation[]>;
  /** Traces with a span of that name that starts within `window`, newest first, each once. */
  newestTraces(
    operation: NamedOperation,
    window: TimeWindow,
    most: number,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** Spans of a trace (of one name where it is given), without events: `most` at most. */
  spans(
    traceId: string,
    name: string | undefined,
    most: number,
    signal: AbortSignal,
  ): Promise<readonly RawSpan[]>;
}

export const textOf = ({ service, name }: Pick<NamedOperation, 'service' | 'name'>): string =>
  JSON.stringify([service, name]);
