import { elapsed, epochMicroseconds, type Microseconds } from '../../core/base/units.ts';
import type { TraceSummary } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { rootSpan } from '../../core/trace/rootSpan.ts';

/** The line of a trace in the Traces view; undefined for a trace without spans. */
export function summarizeTrace(
  spans: readonly RawSpan[],
  matched: Microseconds | undefined,
): TraceSummary | undefined {
  const root = rootSpan(spans);
  if (root === undefined) return undefined;
  let [start, end, errorCount] = [Infinity, -Infinity, 0];
  const services = new Set<string>();
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.start + span.duration);
    if (span.status === 'error') errorCount += 1;
    services.add(span.resource.service);
  }
  return {
    traceId: root.traceId,
    rootService: root.resource.service,
    rootOperation: root.name,
    start: epochMicroseconds(start),
    duration: elapsed(epochMicroseconds(start), epochMicroseconds(end)),
    spanCount: spans.length,
    errorCount,
    services: [...services].sort(),
    matched,
  };
}
