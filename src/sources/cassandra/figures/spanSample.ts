import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import { isErrorFor, operationKeyOf } from '../../../core/matching/operations/operationKey.ts';
import { keyText, type OperationKey } from '../../../core/matching/operations/operationKinds.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { textOf, type NamedOperation } from './reading.ts';

/** What a sampled span says of its operation. */
export interface SeenSpan {
  readonly spanId: string;
  /** Undefined: it answers no request, and counts in no figures. */
  readonly key: OperationKey | undefined;
  readonly start: number;
  readonly isError: boolean;
}

const mostSpansOfOne = 200;
const mostOperations = 5_000;
const mostTraces = 20_000;

/** Spans of the traces read so far, by the names of their operations; a bounded number of the newest. */
export class SpanSample {
  readonly #seen = new Map<string, readonly SeenSpan[]>();
  readonly #traces = new Set<string>();
  readonly #keys = new Map<string, OperationKey>();

  /** Whether it was read, whole or the spans of that name. */
  has(traceId: string, name: string): boolean {
    return this.#traces.has(traceId) || this.#traces.has(partOf(traceId, name));
  }

  /** @param name of all these spans, where the trace's others weren't read */
  add(traceId: string, name: string | undefined, spans: readonly RawSpan[]): void {
    this.#traces.add(name === undefined ? traceId : partOf(traceId, name));
    dropFirst(this.#traces, mostTraces);
    for (const span of spans) {
      const id = textOf({ service: span.resource.service, name: span.name });
      const before = this.#seen.get(id) ?? [];
      if (before.some(({ spanId }) => spanId === span.spanId)) continue;
      const seen = [...before, this.#seenOf(span)];
      seen.sort((a, b) => b.start - a.start);
      this.#seen.delete(id);
      this.#seen.set(id, seen.slice(0, mostSpansOfOne));
    }
    dropFirst(this.#seen, mostOperations);
    dropFirst(this.#keys, mostOperations);
  }

  /** Newest first. */
  of(operation: Pick<NamedOperation, 'service' | 'name'>): readonly SeenSpan[] {
    return this.#seen.get(textOf(operation)) ?? [];
  }

  /** Those that start within `window`. */
  within(operation: NamedOperation, { start, end }: TimeWindow): readonly SeenSpan[] {
    return this.of(operation).filter((span) => span.start >= start && span.start < end);
  }

  #seenOf(span: RawSpan): SeenSpan {
    const key = operationKeyOf(span);
    const { spanId, start } = span;
    return { spanId, key: key && this.#shared(key), start, isError: isErrorFor(span) };
  }

  /** One object for equal keys. */
  #shared(key: OperationKey): OperationKey {
    const text = keyText(key);
    const shared = this.#keys.get(text);
    if (shared) return shared;
    this.#keys.set(text, key);
    return key;
  }
}

const partOf = (traceId: string, name: string): string => `${traceId} ${name}`;

function dropFirst(entries: Map<string, unknown> | Set<string>, most: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= most) return;
    entries.delete(oldest);
  }
}
