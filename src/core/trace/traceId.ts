import type { RawSpan } from './rawSpan.ts';

/** The trace id that most spans have; of several the first in the alphabet; empty without spans. */
export function commonTraceId(spans: readonly RawSpan[]): string {
  const counts = new Map<string, number>();
  for (const span of spans) counts.set(span.traceId, (counts.get(span.traceId) ?? 0) + 1);
  let common = '';
  let most = 0;
  for (const [traceId, count] of counts) {
    if (count < most || (count === most && traceId > common)) continue;
    common = traceId;
    most = count;
  }
  return common;
}
