import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type {
  FiguresTables,
  NamedOperation,
} from '../../../src/sources/cassandra/figures/reading.ts';
import { memoryIndex, type MemoryIndex } from './memoryIndex.ts';

/** Jaeger's tables in memory, with what its writer makes of `spans`. */
export interface MemoryTables extends FiguresTables {
  readonly durations: MemoryIndex;
  /** Traces that were read, in order. */
  readonly readTraces: readonly string[];
}

export function memoryTables(spans: readonly RawSpan[]): MemoryTables {
  const readTraces: string[] = [];
  const isOf = ({ service, name }: NamedOperation, span: RawSpan) =>
    span.resource.service === service && span.name === name;
  return {
    readTraces,
    durations: memoryIndex(spans.map(indexed)),
    operations: () => Promise.resolve(operationsOf(spans)),
    newestTraces: (operation, window, most) => {
      const found = spans
        .filter((span) => isOf(operation, span) && startsIn(span, window))
        .toSorted((a, b) => b.start - a.start);
      const traces = [...new Set(found.map(({ traceId }) => traceId))];
      return Promise.resolve(traces.slice(0, most));
    },
    spans: (traceId, name, most) => {
      readTraces.push(traceId);
      const found = spans.filter(
        (span) => span.traceId === traceId && (name === undefined || span.name === name),
      );
      return Promise.resolve(found.slice(0, most));
    },
  };
}

const indexed = ({ resource, name, duration, start, traceId }: RawSpan) => ({
  service: resource.service,
  operation: name,
  duration,
  start,
  traceId,
});

function operationsOf(spans: readonly RawSpan[]): readonly NamedOperation[] {
  const named = Map.groupBy(spans, ({ resource, name }) =>
    JSON.stringify([resource.service, name]),
  );
  return [...named.values()].map(([first, ...others]) => ({
    service: first!.resource.service,
    name: first!.name,
    kinds: [...new Set([first!, ...others].map(({ kind }) => kind))].sort(),
  }));
}

const startsIn = (span: RawSpan, { start, end }: TimeWindow): boolean =>
  span.start >= start && span.start < end;
