import type { TimeWindow } from '../core/base/timeWindow.ts';
import { epochMicroseconds } from '../core/base/units.ts';
import type { TraceQuery, TraceSource } from '../core/ports.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';

/** Traces asked for at once: what a page of them holds in memory stays within the source's own limits. */
const pageSize = 200;

/**
 * The traces of a window, newest first, each once, until the caller has enough or there are no more.
 * @param because gets each sentence of the source that says why its answer isn't whole
 */
export async function* newestTraces(
  source: Pick<TraceSource, 'sample'>,
  { window, service }: { readonly window: TimeWindow; readonly service: string | undefined },
  because: (reason: string) => void,
  signal: AbortSignal,
): AsyncGenerator<readonly RawSpan[]> {
  const seen = new Set<string>();
  let end = window.end;
  for (;;) {
    const query = { ...anyTrace, service, window: { start: window.start, end }, limit: pageSize };
    const { traces, complete, reason } = await source.sample(query, signal);
    if (!complete) because(reason);
    let earliest: number = end;
    let isNew = false;
    for (const spans of traces) {
      const [first] = spans;
      if (first === undefined) continue;
      earliest = Math.min(earliest, startOf(spans));
      if (seen.has(first.traceId)) continue;
      seen.add(first.traceId);
      isNew = true;
      yield spans;
    }
    const isLast = complete && traces.length < pageSize;
    if (isLast || traces.length === 0) return;
    // The earliest is asked for again: others may have begun at the same time.
    end = epochMicroseconds(isNew ? earliest : earliest - timeStep);
    if (end < window.start) return;
  }
}

/** µs: what two points in time of this century differ by at least. */
const timeStep = 0.25;

const anyTrace = {
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  order: 'newest',
} as const satisfies Partial<TraceQuery>;

function startOf(spans: readonly RawSpan[]): number {
  let start = Infinity;
  for (const span of spans) start = Math.min(start, span.start);
  return start;
}
