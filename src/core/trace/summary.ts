import { epochMicroseconds, microseconds } from '../base/units.ts';
import type { TraceSummary } from '../ports.ts';
import type { RawSpan } from './rawSpan.ts';
import { compareSpans } from './spanOrder.ts';
import { readTimes } from './times.ts';
import { commonTraceId } from './traceId.ts';

/** One line about a trace, without building it: the root is the earliest, as in `buildTrace`. */
export function summarizeTrace(spans: readonly RawSpan[]): TraceSummary {
  const times = readTimes(spans);
  const compare = compareSpans(spans, times);
  const ids = new Set(spans.map((span) => span.spanId));
  const services = new Set<string>();
  let root = -1;
  let first = -1;
  let errorCount = 0;
  let start = Infinity;
  let end = -Infinity;
  for (const [index, span] of spans.entries()) {
    services.add(span.resource.service);
    if (span.status === 'error') errorCount++;
    start = Math.min(start, times.start[index] ?? 0);
    end = Math.max(end, (times.start[index] ?? 0) + (times.duration[index] ?? 0));
    if (first === -1 || compare(index, first) < 0) first = index;
    if (span.parentSpanId !== undefined && ids.has(span.parentSpanId)) continue;
    if (root === -1 || compare(index, root) < 0) root = index;
  }
  const rootSpan = spans[root === -1 ? first : root];
  return {
    traceId: commonTraceId(spans),
    rootService: rootSpan?.resource.service ?? '',
    rootOperation: rootSpan?.name ?? '',
    start: epochMicroseconds(spans.length === 0 ? 0 : start),
    duration: microseconds(spans.length === 0 ? 0 : end - start),
    spanCount: spans.length,
    errorCount,
    services: [...services].sort(),
    matched: undefined,
  };
}
