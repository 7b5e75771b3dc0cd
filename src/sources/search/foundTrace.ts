import type { Microseconds } from '../../core/base/units.ts';
import type { TraceQuery, TraceSummary } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { matchTrace } from './matchTrace.ts';
import { summarizeTrace } from './summarizeTrace.ts';

/** A trace that meets a query, with its spans. */
export interface FoundTrace {
  readonly summary: TraceSummary;
  readonly spans: readonly RawSpan[];
  /** Of the longest span that meets the query. */
  readonly slowness: Microseconds;
}

/** The trace as found; undefined when none of its spans meets the query. */
export function findInTrace(spans: readonly RawSpan[], query: TraceQuery): FoundTrace | undefined {
  const slowness = matchTrace(spans, query);
  if (slowness === undefined) return undefined;
  const summary = summarizeTrace(spans, query.operations === undefined ? undefined : slowness);
  return summary && { summary, spans, slowness };
}

type Line = Pick<FoundTrace, 'summary' | 'slowness'>;

/** The first `query.limit` of `found` in the query's order, each trace once. */
export function firstFound<Found extends Line>(
  found: readonly Found[],
  query: Pick<TraceQuery, 'order' | 'limit'>,
): Found[] {
  const unique = new Map(found.map((trace) => [trace.summary.traceId, trace]));
  const order = query.order === 'slowest' ? bySlowest : byNewest;
  return [...unique.values()].sort(order).slice(0, query.limit);
}

/** Ties by id, so that one question has one answer. */
const byNewest = (a: Line, b: Line): number =>
  b.summary.start - a.summary.start || (a.summary.traceId < b.summary.traceId ? -1 : 1);

const bySlowest = (a: Line, b: Line): number => b.slowness - a.slowness || byNewest(a, b);
