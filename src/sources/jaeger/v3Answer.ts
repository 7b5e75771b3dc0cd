import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import { noneDropped } from '../droppedSpanList.ts';
import type { Answer } from '../http/answer.ts';
import { foreign, inShape, readJson } from '../http/jsonAnswer.ts';
import { expectObject, type JsonObject } from '../json/shape.ts';
import { readOtlpJson } from '../otlp/json.ts';
import type { JaegerTraces } from './readTraces.ts';
import { liftWarnings } from './warnings.ts';

/** The object that an answer of API v3 is. @throws SourceError as `readJson`; `malformed` for another value */
export const readV3Object = (answer: Answer): JsonObject =>
  inShape(answer.asked, () => expectObject(readJson(answer), 'answer'));

/**
 * The list of that name in an answer. Protobuf's JSON leaves out what is empty, so that `{}` is none; an object of other
 * fields is not Jaeger's.
 * @param read see `readServices` and `readOperations`
 * @throws SourceError as `readV3Object`
 */
export function readV3List<T>(
  answer: Answer,
  name: string,
  read: (list: unknown, at: string) => T,
): T {
  const object = readV3Object(answer);
  if (!Object.hasOwn(object, name) && Object.keys(object).length > 0)
    throw foreign(answer.asked, `no ${name}`);
  return inShape(answer.asked, () => read(object[name], name));
}

/**
 * Reads an answer of `/api/v3/traces`: the spans of all traces as one OTLP JSON object; a 404 is none.
 * @throws SourceError `malformed` when it isn't that
 */
export function readV3Traces(answer: Answer): JaegerTraces {
  if (answer.status === 404) return { traces: [], ...noneDropped };
  const { result } = readV3Object(answer);
  const { spans, ...dropped } = readOtlpJson(
    inShape(answer.asked, () => expectObject(result, 'result')),
  );
  answer.checkTime();
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return {
    traces: [...traces].map(([traceId, own]) => ({
      traceId,
      spans: distinctSpans(own.map(liftWarnings)),
    })),
    ...dropped,
  };
}

/**
 * True for the answer of a JSON API that found what was asked for and can't write it: Go's JSON has no
 * NaN and no infinity, and one such attribute spoils the whole answer. API v3 writes them as text.
 */
export const isUnwritable = ({ status, body }: Answer): boolean =>
  status === 500 && body.toString('latin1', 0, 1_000).includes('json: unsupported value');
