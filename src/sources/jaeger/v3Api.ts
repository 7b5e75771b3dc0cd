import type { HttpServer } from '../http/httpServer.ts';
import { inShape } from '../http/jsonAnswer.ts';
import type { JaegerApi } from './api.ts';
import { getOrMiss } from './missingPath.ts';
import { readOperations, readServices } from './readNames.ts';
import { refuseDepth } from './searchDepth.ts';
import { readV3Object, readV3Traces } from './v3Answer.ts';
import { v3Parameters } from './v3Parameters.ts';

/**
 * Jaeger's API v3 under `<url>/api/v3`, in every release since 1.36 and alone since 2.21.
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/cmd/query/app/apiv3/http_gateway.go
 */
export function openV3Api(server: HttpServer): JaegerApi {
  const get = getOrMiss(server);
  return {
    services: async (signal) => {
      const answer = await get('/api/v3/services', {}, signal);
      const { services } = readV3Object(answer);
      return inShape(answer.asked, () => readServices(services, 'services'));
    },
    operations: async (service, signal) => {
      const answer = await get('/api/v3/operations', { service }, signal);
      const { operations } = readV3Object(answer);
      return inShape(answer.asked, () => readOperations(operations, 'operations'));
    },
    traces: async (question, signal) => {
      const answer = await get('/api/v3/traces', v3Parameters(question), signal);
      refuseDepth(answer, question.limit);
      return readV3Traces(answer);
    },
    trace: async (traceId, signal) =>
      readV3Traces(await get(`/api/v3/traces/${traceId}`, {}, signal)),
  };
}
