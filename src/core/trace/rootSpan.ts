import type { RawSpan } from './rawSpan.ts';

/**
 * The span that a trace is called by, in whatever order they come; undefined without spans. Of those whose parent is missing
 * one that has ended and names none, then the longest, as `chooseMainRoot` has it: where the caller recorded nothing, what a
 * request calls can begin before it, since OpenTelemetry's JavaScript SDK rounds a request's start to the millisecond. O(spans).
 */
export function rootSpan(spans: readonly RawSpan[]): RawSpan | undefined {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const roots = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId ?? ''));
  let root: RawSpan | undefined;
  for (const span of roots.length > 0 ? roots : spans)
    if (root === undefined || compare(span, root) > 0) root = span;
  return root;
}

function compare(a: RawSpan, b: RawSpan): number {
  return (
    Number(isWholeRoot(a.parentSpanId, a.duration)) -
      Number(isWholeRoot(b.parentSpanId, b.duration)) ||
    a.duration - b.duration ||
    b.start - a.start ||
    (a.spanId < b.spanId ? 1 : -1)
  );
}

/** Whether a root's parent isn't just missing; of a span that hasn't ended nothing is known yet. */
export const isWholeRoot = (parentSpanId: string | undefined, duration: number): boolean =>
  parentSpanId === undefined && duration > 0;
