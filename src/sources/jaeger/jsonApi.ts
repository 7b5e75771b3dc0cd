import { noneDropped } from '../droppedSpanList.ts';
import type { Answer } from '../http/answer.ts';
import type { HttpServer } from '../http/httpServer.ts';
import { inShape, readWithin } from '../http/jsonAnswer.ts';
import type { JaegerApi } from './api.ts';
import { ArrivingTraces } from './arriving/arrivingTraces.ts';
import { readData } from './envelope.ts';
import { getOrMiss } from './missingPath.ts';
import { readOperations, readServices } from './readNames.ts';
import { readTraces, type JaegerTraces } from './readTraces.ts';
import { throwRefusal } from './refusal.ts';
import { traceParameters } from './tracesQuestion.ts';
import { isUnwritable } from './v3Answer.ts';

/**
 * The JSON API of Jaeger 1.x (and of 2.x up to 2.20) under `<url>/api`; `v3` where that can't write the answer.
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/cmd/query/app/http_handler.go
 */
export function openJsonApi(
  server: HttpServer,
  v3: Pick<JaegerApi, 'traces' | 'trace'>,
): JaegerApi {
  const get = getOrMiss(server);
  const names = async <T>(
    read: (list: unknown, at: string) => T,
    ...question: Parameters<typeof get>
  ) => {
    const answer = await get(...question);
    return inShape(answer.asked, () => read(readData(answer), 'data'));
  };
  return {
    services: (signal) => names(readServices, '/api/services', {}, signal),
    operations: (service, signal) => names(readOperations, '/api/operations', { service }, signal),
    traces: async (question, signal) => {
      const arriving = new ArrivingTraces();
      const answer = await get('/api/traces', traceParameters(question), signal, arriving);
      throwRefusal(answer, question.limit);
      return isUnwritable(answer) ? v3.traces(question, signal) : tracesIn(answer, arriving);
    },
    trace: async (traceId, signal) => {
      const arriving = new ArrivingTraces();
      const answer = await get(`/api/traces/${traceId}`, {}, signal, arriving);
      if (answer.status === 404) return { traces: [], ...noneDropped };
      return isUnwritable(answer) ? v3.trace(traceId, signal) : tracesIn(answer, arriving);
    },
  };
}

/** The traces of an answer that was read while it arrived. */
function tracesIn(answer: Answer, arriving: ArrivingTraces): JaegerTraces {
  const { asked, checkTime } = answer;
  const data = readData(answer, () =>
    readWithin(answer, arriving.length, (mostValues) => arriving.end(mostValues, checkTime)),
  );
  return inShape(asked, () => readTraces(data, checkTime, arriving));
}
