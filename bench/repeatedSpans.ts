import type { RawSpan } from '../src/core/trace/rawSpan.ts';

/** As one trace: each copy has ids of its own. */
export function repeatedSpans(spans: readonly RawSpan[], size: number): RawSpan[] {
  return Array.from({ length: size }, (_, position) => {
    const span = spans[position % spans.length]!;
    const copy = Math.floor(position / spans.length)
      .toString(16)
      .padStart(8, '0');
    const own = (id: string) => copy + id.slice(8);
    const parentSpanId = span.parentSpanId === undefined ? undefined : own(span.parentSpanId);
    return { ...span, traceId: 'a'.repeat(32), spanId: own(span.spanId), parentSpanId };
  });
}
