import type { TraceSummary } from '../../core/ports.ts';
import type { HttpServer } from '../http/httpServer.ts';
import type { JaegerApi } from './api.ts';
import { getOrMiss, isMissingPath } from './missingPath.ts';
import { readOperations, readServices } from './readNames.ts';
import { throwRefusal } from './refusal.ts';
import { readV3List, readV3Traces } from './v3Answer.ts';
import type { TracesQuestion } from './tracesQuestion.ts';
import { v3Parameters } from './v3Parameters.ts';
import { readSummaries } from './v3Summaries.ts';

interface V3Api extends JaegerApi {
  /** Whether there are `summaries`: not before 2.19. */
  hasSummaries(signal: AbortSignal): Promise<boolean>;
  /** The traces found, by their lines only. */
  summaries(question: TracesQuestion, signal: AbortSignal): Promise<readonly TraceSummary[]>;
}

/**
 * Jaeger's API v3 under `<url>/api/v3`, in every release since 1.36 and alone since 2.21.
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/cmd/query/app/apiv3/http_gateway.go
 */
export function openV3Api(server: HttpServer): V3Api {
  const get = getOrMiss(server);
  return {
    services: async (signal) =>
      readV3List(await get('/api/v3/services', {}, signal), 'services', readServices),
    operations: async (service, signal) =>
      readV3List(
        await get('/api/v3/operations', { service }, signal),
        'operations',
        readOperations,
      ),
    traces: async (question, signal) => {
      const answer = await get('/api/v3/traces', v3Parameters(question), signal);
      throwRefusal(answer, question.limit);
      return readV3Traces(answer);
    },
    trace: async (traceId, signal) =>
      readV3Traces(await get(`/api/v3/traces/${traceId}`, {}, signal)),
    hasSummaries: async (signal) => {
      try {
        // Refused for the times that are missing.
        return (await get('/api/v3/trace-summaries', {}, signal)).status === 400;
      } catch (error) {
        if (isMissingPath(error)) return false;
        throw error;
      }
    },
    summaries: async (question, signal) => {
      const answer = await get('/api/v3/trace-summaries', v3Parameters(question, 0), signal);
      throwRefusal(answer, question.limit);
      return readSummaries(answer);
    },
  };
}
