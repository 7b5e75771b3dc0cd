import type { RawSpan } from './rawSpan.ts';

/**
 * The span that a trace is called by, in whatever order they come; undefined without spans. The earliest without a parent;
 * where the caller recorded nothing, the earliest whose parent is missing: what it calls can begin before it, since
 * OpenTelemetry's JavaScript SDK rounds a request's start to the millisecond. O(spans).
 */
export function rootSpan(spans: readonly RawSpan[]): RawSpan | undefined {
  const root = first(spans, ({ parentSpanId }) => parentSpanId === undefined);
  if (root) return root;
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return (
    first(spans, ({ parentSpanId = '' }) => !ids.has(parentSpanId)) ?? first(spans, () => true)
  );
}

function first(
  spans: readonly RawSpan[],
  isWanted: (span: RawSpan) => boolean,
): RawSpan | undefined {
  let found: RawSpan | undefined;
  for (const span of spans)
    if (isWanted(span) && (found === undefined || comesBefore(span, found))) found = span;
  return found;
}

/** At the same time the longer, which calls the other. */
function comesBefore(a: RawSpan, b: RawSpan): boolean {
  if (a.start !== b.start) return a.start < b.start;
  if (a.duration !== b.duration) return a.duration > b.duration;
  return a.spanId < b.spanId;
}
