import type { SearchAnswer, TraceQuery, TraceSummary } from '../../core/ports.ts';
import { noneDropped } from '../droppedSpanList.ts';
import { firstFound } from '../search/foundTrace.ts';
import { inParallel } from '../search/inParallel.ts';
import { summarizeTrace } from '../search/summarizeTrace.ts';
import type { JaegerServer } from './api.ts';
import { isFoundAnywhere } from './askedConditions.ts';
import { askEach } from './askEach.ts';
import { mostQuestions } from './findTraces.ts';
import { readNewest } from './readInOrder.ts';
import type { Slice } from './slices.ts';
import { targetsOf } from './targets.ts';

/** Traces without a root that are read at once. */
const readsAtOnce = 4;

/**
 * Finds the lines of traces without their spans; undefined where the server can't, or where its word would have to
 * be taken for more than one condition.
 */
export async function findSummaries(
  api: JaegerServer,
  query: TraceQuery,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<SearchAnswer | undefined> {
  if (!isOneCondition(query) || !(await api.hasSummaries(signal))) return undefined;
  const { targets, reason } = await targetsOf(api, query, signal);
  const reasons = new Set([reason]);
  const budget = { left: mostQuestions };
  let best: { summary: TraceSummary; slowness: TraceSummary['duration'] }[] = [];
  const asked = await askEach(targets, isLate, signal, async (target, each) => {
    const question = { ...query, ...target };
    const ask = async (slice: Slice) => {
      const lines = await api.summaries({ ...question, ...slice }, each);
      const found = lines.map((summary) => ({ summary, slowness: summary.duration }));
      best = firstFound([...best, ...found], query);
      const seen = lines.map(({ start, duration }) => ({ newest: start, duration }));
      return { seen, more: lines.length >= slice.limit, limit: slice.limit, found };
    };
    reasons.add(await readNewest(question, { ask, isLate, budget, takesDurations: false }));
  });
  if (asked.failure) throw asked.failure;
  for (const one of asked.reasons) reasons.add(one);
  reasons.delete('');
  const traces = await inParallel(best, readsAtOnce, signal, ({ summary }, each) =>
    withRoot(api, summary, each),
  );
  return { traces, ...noneDropped, complete: reasons.size === 0, reason: [...reasons].join(' ') };
}

function isOneCondition(query: TraceQuery): boolean {
  const { operation, minDuration, maxDuration, attributes = [], errorsOnly } = query;
  if (query.operations || query.order === 'slowest') return false;
  if (minDuration !== undefined || maxDuration !== undefined) return false;
  const conditions = attributes.length + (errorsOnly ? 1 : 0) + (operation === undefined ? 0 : 1);
  return conditions <= 1 && attributes.every(isFoundAnywhere);
}

/** Jaeger names no root where its parent is missing: the trace is read for its earliest span. */
async function withRoot(
  api: JaegerServer,
  summary: TraceSummary,
  signal: AbortSignal,
): Promise<TraceSummary> {
  if (summary.rootService !== '') return summary;
  const { traces } = await api.trace(summary.traceId, signal);
  return summarizeTrace(traces[0]?.spans ?? [], undefined) ?? summary;
}
