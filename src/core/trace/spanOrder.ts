import type { RawSpan } from './rawSpan.ts';
import type { SpanTimes } from './times.ts';

/**
 * Positions of `spans` in the order of siblings, the same whatever order they came in: by start, at a tie
 * spans without a parent first, then the shorter, then by span id.
 *
 * OpenTelemetry's JS SDK rounds starts to the millisecond, so that siblings often tie. Work done one after
 * the other within a millisecond ends in the order it began, hence the shorter first: Prisma's serialize
 * and compile before its query, a middleware before the handler.
 */
export function orderSpans(spans: readonly RawSpan[], times: SpanTimes): Uint32Array {
  const order = new Uint32Array(spans.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  return order.sort(compareSpans(spans, times));
}

/** Compares two positions in `spans`: negative when the first comes first; 0 only for equal spans. */
function compareSpans(
  spans: readonly RawSpan[],
  times: SpanTimes,
): (a: number, b: number) => number {
  const { start, duration } = times;
  const contents = new Map<RawSpan, string>();
  const contentsOf = (span: RawSpan): string => {
    const text = contents.get(span) ?? JSON.stringify(span);
    contents.set(span, text);
    return text;
  };
  return (a, b) => {
    const byStart = compare(start[a] ?? 0, start[b] ?? 0);
    if (byStart !== 0) return byStart;
    const first = spans[a];
    const second = spans[b];
    if (first === undefined || second === undefined || first === second) return 0;
    return (
      compare(generation(first), generation(second)) ||
      compare(duration[a] ?? 0, duration[b] ?? 0) ||
      compare(first.spanId, second.spanId) ||
      compare(contentsOf(first), contentsOf(second))
    );
  };
}

const generation = (span: RawSpan) => (span.parentSpanId === undefined ? 0 : 1);

function compare<T extends number | string>(a: T, b: T): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
