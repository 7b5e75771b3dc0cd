import { join } from 'node:path';

import { freePort } from '../freePort.ts';
import type { ChildServer } from './childServer.ts';
import { isWell, startConfigured } from './configuredServer.ts';
import { findPrometheus } from './prometheusProgram.ts';

export interface RunningPrometheus extends ChildServer {
  readonly url: string;
}

/**
 * Starts a Prometheus on a free port of 127.0.0.1 that reads the metrics of these `host:port` every second, and waits
 * until it answers. The first call may download it: see `findPrometheus`.
 */
export async function startPrometheus(targets: readonly string[]): Promise<RunningPrometheus> {
  const address = `127.0.0.1:${String(await freePort())}`;
  const url = `http://${address}`;
  const server = await startConfigured(
    {
      name: 'Prometheus',
      program: await findPrometheus(),
      files: () => ({
        'prometheus.yml': {
          global: { scrape_interval: '1s' },
          scrape_configs: [{ job_name: 'collector', static_configs: [{ targets }] }],
        },
      }),
      args: (folder) => [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=warn',
      ],
    },
    () => isWell(`${url}/-/ready`),
  );
  return { ...server, url };
}

/** What makes Jaeger 1.67 answer `/api/metrics` from the spanmetrics connector's metrics in a Prometheus. */
export const prometheusMetrics = (url: string): Readonly<Record<string, string>> => ({
  METRICS_STORAGE_TYPE: 'prometheus',
  PROMETHEUS_SERVER_URL: url,
  // The names of today's exporters, with units and `_total`.
  PROMETHEUS_QUERY_NORMALIZE_CALLS: 'true',
  PROMETHEUS_QUERY_NORMALIZE_DURATION: 'true',
});
