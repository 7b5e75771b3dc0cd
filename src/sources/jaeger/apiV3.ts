import type { EpochMicroseconds } from '../../core/base/units.ts';
import { noneDropped } from '../droppedSpanList.ts';
import { inShape, readJson } from '../http/jsonAnswer.ts';
import type { Answer } from '../http/httpServer.ts';
import { expectObject } from '../json/shape.ts';
import { readOtlpJson } from '../otlp/json.ts';
import type { JaegerTraces } from './readTraces.ts';
import { traceParameters, type TracesQuestion } from './tracesQuestion.ts';

/**
 * The parameters of `/api/v3/traces` (v1.67, cmd/query/app/apiv3/http_gateway.go; later releases keep
 * these names beside new ones). It can't ask for attributes or errors: who reads the answer leaves the others out.
 */
export function v3Parameters(question: TracesQuestion): Record<string, string> {
  const { minDuration, maxDuration } = traceParameters(question);
  return {
    'query.service_name': question.service,
    ...(question.operation === undefined ? {} : { 'query.operation_name': question.operation }),
    ...(minDuration === undefined ? {} : { 'query.duration_min': minDuration }),
    ...(maxDuration === undefined ? {} : { 'query.duration_max': maxDuration }),
    'query.start_time_min': timestamp(question.window.start, -1),
    'query.start_time_max': timestamp(question.window.end, 1),
    'query.num_traces': String(question.limit),
  };
}

/** RFC 3339 in whole milliseconds, one to the outside. */
const timestamp = (time: EpochMicroseconds, outward: number): string =>
  new Date(Math.max(0, Math.floor(time / 1_000) + outward)).toISOString();

/**
 * Reads an answer of `/api/v3/traces`: the spans of all traces as one OTLP JSON object.
 * @throws SourceError `malformed` when it isn't that
 */
export function readV3(answer: Answer): JaegerTraces {
  if (answer.status === 404) return { traces: [], ...noneDropped };
  const result = inShape(answer.asked, () =>
    expectObject(expectObject(readJson(answer), 'answer')['result'], 'result'),
  );
  const { spans, ...dropped } = readOtlpJson(result);
  answer.checkTime();
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return { traces: [...traces].map(([traceId, own]) => ({ traceId, spans: own })), ...dropped };
}

/**
 * True for the answer of a JSON API that found what was asked for and can't write it: Go's JSON has no
 * NaN and no infinity, and one such attribute spoils the whole answer. API v3 writes them as text.
 */
export const isUnwritable = ({ status, body }: Answer): boolean =>
  status === 500 && body.toString('latin1', 0, 1_000).includes('json: unsupported value');
