import { isAbort } from '../core/base/sourceError.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { isAsked } from '../core/correlate/behind/endpointsBehind.ts';
import type { BehindQuestion } from '../core/correlate/behind/question.ts';
import { sampledRequests, type SampledRequest } from '../core/correlate/behind/sampledRequests.ts';
import type { TraceQuery } from '../core/ports.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { EngineParts } from './engineParts.ts';
import { mappedTraces } from './mappedTraces.ts';

/** Traces read for one question, the newest. */
const mostTraces = 100;

/**
 * Requests that fit a question, of traces that were looked for because of it, the newest; none where the source can't be
 * asked so, or doesn't answer.
 */
export async function searchedRequests(
  question: BehindQuestion,
  { sources, correlation, seenPaths, log }: EngineParts,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<readonly SampledRequest[]> {
  const found = new Map<string, readonly RawSpan[]>();
  for (const asked of queriesOf(question)) {
    if (found.size >= mostTraces) break;
    const query: TraceQuery = { ...anyTrace, ...asked, window, limit: mostTraces };
    try {
      const { traces } = await sources.source.sample(query, signal);
      for (const spans of traces) found.set(spans[0]?.traceId ?? '', spans);
    } catch (error) {
      if (isAbort(error)) throw error;
      log.warn(`Traces of a question could not be searched: ${String(error)}`);
    }
  }
  const traces = [...found.values()];
  for (const spans of traces) seenPaths.add(spans);
  const mapped = await mappedTraces(traces, correlation, signal);
  return mapped.flatMap(sampledRequests).filter((request) => isAsked(request, question));
}

const anyTrace = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
} as const;

/** By what a span has that fits; of a class of statuses only failures can be searched. */
function queriesOf(question: BehindQuestion): readonly Partial<TraceQuery>[] {
  const having = (key: string, value: string) => ({ attributes: [{ key, value }] });
  if (question.kind === 'proxy')
    return ['traefik.router.name', 'traefik.service.name', 'entry_point'].map((key) =>
      having(key, question.name),
    );
  const { status } = question;
  if (status === '5xx') return [{ errorsOnly: true }];
  if (status === '' || status.endsWith('xx')) return [];
  return ['http.response.status_code', 'http.status_code'].map((key) => having(key, status));
}
