import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { Microseconds } from '../../core/base/units.ts';

/** Asks for traces with one span that meets all of it. */
export interface TracesQuestion {
  readonly service: string;
  readonly operation: string | undefined;
  readonly minDuration: Microseconds | undefined;
  readonly errorsOnly: boolean;
  readonly window: TimeWindow;
  readonly limit: number;
}

/**
 * The parameters of Jaeger's /api/traces (v1.67, cmd/query/app/query_parser.go). `start` and `end` are
 * whole microseconds, both included by the memory store and excluded by Cassandra's, so they are put
 * where neither loses a span of the window; what is outside is left out by the reader. Likewise
 * `minDuration`: Cassandra's is exclusive. Without `start` and `end` Jaeger looks at the last 48 hours,
 * without `limit` at 100 traces.
 */
export function traceParameters(question: TracesQuestion): Record<string, string> {
  const { service, operation, minDuration, errorsOnly, window, limit } = question;
  return {
    service,
    ...(operation === undefined ? {} : { operation }),
    ...(minDuration === undefined || minDuration <= 1
      ? {}
      : { minDuration: `${String(Math.ceil(minDuration) - 1)}us` }),
    ...(errorsOnly ? { tags: '{"error":"true"}' } : {}),
    // Some stores take it as unsigned: a time before 1970 is far in their future.
    start: String(Math.max(0, Math.ceil(window.start) - 1)),
    end: String(Math.ceil(window.end)),
    limit: String(limit),
  };
}
