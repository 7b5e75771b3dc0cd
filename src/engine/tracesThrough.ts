import { message } from '../core/base/message.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { methodsLeadingTo } from '../core/code/calls/leadingTo.ts';
import type { CodeLocation } from '../core/code/location.ts';
import type { EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import { enclosingMethod, methodSymbol } from '../core/matching/lookups.ts';
import type { SearchAnswer, TraceSummary } from '../core/ports.ts';
import type { Correlation } from './correlation.ts';
import type { EngineParts } from './engineParts.ts';

type Place = Pick<CodeLocation, 'path' | 'line'>;

/** Handlers beyond these are left out: each may be a question to the source. */
const mostHandlers = 20;

/** The method around a line, and how many handlers lead there. */
export function methodAt(
  { path, line }: Place,
  { index }: Correlation,
): { symbol: string; handlers: number } {
  const method = enclosingMethod(index, path, line);
  if (!method) return { symbol: '', handlers: 0 };
  const leading = methodsLeadingTo(method.id, index);
  const handlers = index.handlers.filter(({ methodId }) => leading.has(methodId));
  return { symbol: methodSymbol(method), handlers: handlers.length };
}

/** The slowest traces of the handlers that lead to the method around a line; none where they had no request. */
export async function tracesThrough(
  { sources, correlation }: Pick<EngineParts, 'sources' | 'correlation'>,
  { window, limit, ...place }: Place & { readonly window: TimeWindow; readonly limit: number },
  signal: AbortSignal,
): Promise<SearchAnswer> {
  correlation.setFigures(await sources.figures.read(window, false, signal), sources.source.label);
  const endpoints = endpointsThrough(place, correlation);
  const asked = endpoints.slice(0, mostHandlers);
  const byService = Map.groupBy(
    asked.flatMap(({ keys }) => keys),
    ({ service }) => service,
  );
  const any = { operation: undefined, minDuration: undefined, errorsOnly: false };
  const answers = await Promise.all(
    [...byService].map(([service, operations]) =>
      sources.source.search(
        { ...any, service, window, limit, operations, order: 'slowest' },
        signal,
      ),
    ),
  );
  const left = endpoints.length - asked.length;
  const reasons = [
    ...answers.map(({ reason }) => reason).filter((reason) => reason !== ''),
    ...(left > 0
      ? [message('Only the slowest {0} of {1} handlers.', asked.length, endpoints.length)]
      : []),
  ];
  return {
    traces: slowestFirst(answers.flatMap(({ traces }) => traces)).slice(0, limit),
    complete: left === 0 && answers.every(({ complete }) => complete),
    reason: reasons.join(' '),
    dropped: answers.flatMap(({ dropped }) => dropped),
    droppedCount: answers.reduce((sum, { droppedCount }) => sum + droppedCount, 0),
  };
}

/** Those with requests, the slowest first. */
function endpointsThrough({ path, line }: Place, correlation: Correlation): EndpointRow[] {
  const method = enclosingMethod(correlation.index, path, line);
  if (!method) return [];
  const leading = methodsLeadingTo(method.id, correlation.index);
  const slowness = ({ figures }: EndpointRow) => figures?.max ?? figures?.p99 ?? figures?.p95 ?? 0;
  return correlation
    .endpoints()
    .filter(({ handler, keys }) => handler && keys.length > 0 && leading.has(handler.methodId))
    .sort((a, b) => slowness(b) - slowness(a));
}

/** Each once, by its slowest handler: a trace may run through several. */
function slowestFirst(traces: readonly TraceSummary[]): TraceSummary[] {
  const length = ({ matched, duration }: TraceSummary) => matched ?? duration;
  const seen = new Set<string>();
  return traces
    .toSorted((a, b) => length(b) - length(a))
    .filter(({ traceId }) => !seen.has(traceId) && seen.add(traceId));
}
