import type { RawSpan } from '../../src/core/trace/rawSpan.ts';

/** Spans as Jaeger's JSON API answers them, a trace each. */
export const jaegerJson = (spans: readonly RawSpan[]): string =>
  JSON.stringify({ data: spans.map(traceOf), errors: null });

const traceOf = ({ resource, ...span }: RawSpan) => ({
  traceID: span.traceId,
  spans: [
    {
      traceID: span.traceId,
      spanID: span.spanId,
      operationName: span.name,
      references:
        span.parentSpanId === undefined
          ? []
          : [{ refType: 'CHILD_OF', traceID: span.traceId, spanID: span.parentSpanId }],
      startTime: span.start,
      duration: span.duration,
      tags: [
        { key: 'span.kind', value: span.kind },
        ...span.attributes.map(({ key, value }) => ({ key, value })),
      ],
      processID: 'p1',
    },
  ],
  processes: { p1: { serviceName: resource.service, tags: [] } },
});
