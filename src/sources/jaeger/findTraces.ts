import { microseconds } from '../../core/base/units.ts';
import type { Bounded, DroppedSpans, TraceQuery } from '../../core/ports.ts';
import { DroppedSpanList, noneDropped } from '../droppedSpanList.ts';
import { findInTrace, firstFound, type FoundTrace } from '../search/foundTrace.ts';
import type { JaegerServer } from './api.ts';
import { askedConditions, isCombined } from './askedConditions.ts';
import { askEach } from './askEach.ts';
import { askTraces } from './askTraces.ts';
import { readNewest, readSlowest, type TraceReading } from './readInOrder.ts';
import type { QuestionBudget } from './readSlices.ts';
import { seenTrace } from './seenTrace.ts';
import type { TracesQuestion } from './tracesQuestion.ts';
import { targetsOf } from './targets.ts';

interface Found extends Bounded, DroppedSpans {
  readonly traces: readonly FoundTrace[];
}

/** Questions of one search besides the first of each service. */
export const mostQuestions = 40;
/**
 * Traces looked at where a search for errors finds none: Jaeger 2 before 2.17 in memory takes `error=true` for its
 * contrary (internal/storage/v2/memory/tenant.go, validSpan).
 */
const checkedForErrors = 100;

/**
 * Finds whole traces, in the query's order. Jaeger asks for a service: without one, each service is
 * asked, and each with the query's own limit, so that the newest of all are among the answers. From when
 * `isLate` holds, no further question is asked.
 */
export async function findTraces(
  api: JaegerServer,
  query: TraceQuery,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<Found> {
  // Jaeger refuses such bounds.
  if (query.minDuration !== undefined && query.minDuration > (query.maxDuration ?? Infinity))
    return { traces: [], ...noneDropped, complete: true, reason: '' };
  const { targets, reason } = await targetsOf(api, query, signal);
  const reasons = new Set([reason]);
  const dropped = new DroppedSpanList();
  const budget: QuestionBudget = { left: mostQuestions };
  let best: FoundTrace[] = [];

  const asked = await askEach(targets, isLate, signal, async (target, each) => {
    const whole = { ...query, ...target };
    const combines =
      !isCombined(query.order === 'slowest' ? { ...whole, minDuration: microseconds(2) } : whole) ||
      (await api.combines(target.service, each));
    const question = askedConditions(whole, combines);
    const foundIds = new Set<string>();
    const readingOf = (question: TracesQuestion): TraceReading => ({
      isLate,
      budget,
      takesDurations: combines || (question.attributes?.length === 0 && !question.errorsOnly),
      ask: async (slice) => {
        const answer = await askTraces(api, { ...question, ...slice }, each);
        const found = answer.traces.flatMap(({ spans }) => findInTrace(spans, query) ?? []);
        for (const { summary } of found) foundIds.add(summary.traceId);
        best = firstFound([...best, ...found], query);
        dropped.addAll(answer, (position) => position);
        reasons.add(answer.reason);
        const seen = answer.traces.map(({ spans }) => seenTrace(spans, { ...question, ...slice }));
        return { seen, more: answer.more, limit: answer.limit, found };
      },
    });
    const read = query.order === 'slowest' ? readSlowest : readNewest;
    reasons.add(await read(question, readingOf(question)));
    if (!question.errorsOnly || foundIds.size > 0) return;
    const anyStatus = { ...question, errorsOnly: false };
    const { found } = await readingOf(anyStatus).ask({ ...anyStatus, limit: checkedForErrors });
    if (found.length > 0) reasons.add(await read(anyStatus, readingOf(anyStatus)));
  });
  if (asked.failure) throw asked.failure;
  for (const one of asked.reasons) reasons.add(one);
  reasons.delete('');
  return {
    traces: best,
    ...dropped.all(),
    complete: reasons.size === 0,
    reason: [...reasons].join(' '),
  };
}
