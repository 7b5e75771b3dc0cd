import { traceParameters, type TracesQuestion } from './tracesQuestion.ts';

/**
 * The parameters of `/api/v3/traces` and `/api/v3/trace-summaries`, each by both of its names: by the one of
 * 2.19 and later (cmd/jaeger/internal/extension/jaegerquery/internal/apiv3/query_parser.go), which is looked
 * at first there, and by the older one (v1.67, cmd/query/app/apiv3/http_gateway.go). Servers leave names that
 * they don't know aside without a word, the attributes before 2.19 too: who reads the answer leaves out what
 * wasn't asked for.
 * @param outward microseconds that the times are wider than the window, for stores that exclude its ends
 */
export function v3Parameters(question: TracesQuestion, outward = 1): Record<string, string> {
  const { minDuration, maxDuration, tags } = traceParameters(question);
  const { start, end } = question.window;
  return {
    ...named('serviceName', 'service_name', question.service),
    ...named('operationName', 'operation_name', question.operation),
    ...named('durationMin', 'duration_min', minDuration),
    ...named('durationMax', 'duration_max', maxDuration),
    ...named('startTimeMin', 'start_time_min', timestamp(Math.max(0, Math.ceil(start) - outward))),
    ...named('startTimeMax', 'start_time_max', timestamp(Math.max(1, Math.floor(end) + outward))),
    ...named('searchDepth', 'num_traces', String(question.limit)),
    ...(tags === undefined ? {} : { 'query.attributes': tags }),
  };
}

const named = (now: string, before: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [`query.${now}`]: value, [`query.${before}`]: value };

/** RFC 3339 with microseconds. */
const timestamp = (time: number): string => {
  const micros = String(time % 1_000).padStart(3, '0');
  return new Date(Math.floor(time / 1_000)).toISOString().replace('Z', `${micros}Z`);
};
