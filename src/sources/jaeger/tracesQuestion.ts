import type { TraceQuery } from '../../core/ports.ts';
import { indexedText } from '../search/hasAttribute.ts';

/** Asks for traces with one span that meets all of it. */
export interface TracesQuestion extends Omit<TraceQuery, 'operations' | 'order'> {
  readonly service: string;
}

/**
 * The parameters of Jaeger's /api/traces (v1.67, cmd/query/app/query_parser.go). `start` and `end` are
 * whole microseconds, both included by the memory store and excluded by Cassandra's, so they are put
 * where neither loses a span of the window; what is outside is left out by the reader. Likewise the
 * durations: Cassandra's bounds are exclusive. Without `start` and `end` Jaeger looks at the last 48 hours,
 * without `limit` at 100 traces.
 */
export function traceParameters(question: TracesQuestion): Record<string, string> {
  const { service, operation, minDuration, maxDuration, window, limit } = question;
  const tags = tagsOf(question);
  return {
    service,
    ...(operation === undefined ? {} : { operation }),
    ...(minDuration === undefined || minDuration <= 1
      ? {}
      : { minDuration: `${String(Math.ceil(minDuration) - 1)}us` }),
    ...(maxDuration === undefined
      ? {}
      : { maxDuration: `${String(Math.floor(maxDuration) + 1)}us` }),
    ...(tags.length === 0 ? {} : { tags: JSON.stringify(Object.fromEntries(tags)) }),
    // Some stores take it as unsigned: a time before 1970 is far in their future.
    start: String(Math.max(0, Math.ceil(window.start) - 1)),
    end: String(Math.floor(window.end) + 1),
    limit: String(limit),
  };
}

/** By key: of several values of one, Jaeger can be asked for the last. The service's name is no tag there. */
const tagsOf = ({ attributes = [], errorsOnly }: TracesQuestion): readonly [string, string][] => [
  ...attributes
    .filter(({ key }) => key !== 'service.name')
    .map(({ key, value }): [string, string] => [key, indexedText(value)]),
  ...(errorsOnly ? [['error', 'true'] as [string, string]] : []),
];
