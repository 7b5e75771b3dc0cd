import { openServer } from '../http/httpServer.ts';
import type { ServerOptions } from '../http/serverOptions.ts';
import type { JaegerApi, JaegerServer } from './api.ts';
import { openJsonApi } from './jsonApi.ts';
import { openMetricsApi } from './metrics.ts';
import { isMissingPath } from './missingPath.ts';
import { jaeger } from './product.ts';
import { canCombine } from './canCombine.ts';
import { openV3Api } from './v3Api.ts';

/**
 * A Jaeger by its JSON API (1.x, and 2.x up to 2.20) or its API v3 (2.x): the one that answered last is asked,
 * and where that has no such path, as after an upgrade, the other.
 * @throws SourceError `rejected` when `url` isn't a web address
 */
export function openJaegerServer(options: ServerOptions): JaegerServer {
  const server = openServer(jaeger, options);
  const v3 = openV3Api(server);
  const json = openJsonApi(server, v3);
  let current: JaegerApi = json;

  const ask = async <T>(question: (api: JaegerApi) => Promise<T>): Promise<T> => {
    const asked = current;
    try {
      return await question(asked);
    } catch (error) {
      if (!isMissingPath(error)) throw error;
      const other = asked === json ? v3 : json;
      const answer = await question(other).catch((second: unknown) => {
        throw isMissingPath(second) ? error : second;
      });
      current = other;
      return answer;
    }
  };

  let combining: boolean | undefined;
  let summarizing: boolean | undefined;
  return {
    shown: server.shown,
    metrics: openMetricsApi(server),
    services: (signal) => ask((api) => api.services(signal)),
    operations: (service, signal) => ask((api) => api.operations(service, signal)),
    traces: (question, signal) => ask((api) => api.traces(question, signal)),
    trace: (traceId, signal) => ask((api) => api.trace(traceId, signal)),
    combines: async (service, signal) =>
      (combining ??= await ask((api) => canCombine(api, service, signal))),
    hasSummaries: async (signal) => (summarizing ??= await v3.hasSummaries(signal)),
    summaries: (question, signal) => v3.summaries(question, signal),
  };
}
