import { join } from 'node:path';

import { freePort } from '../freePort.ts';
import { restartable } from './childServer.ts';
import { startConfigured } from './configuredServer.ts';
import { answersJson, type RunningJaeger } from './jaeger.ts';
import { findJaeger2 } from './jaegerProgram.ts';

export interface Jaeger2Start {
  /** `/jaeger`, as behind a reverse proxy; default none. */
  readonly basePath?: string;
  /** Of a Prometheus that has the metrics of a spanmetrics connector: what `/api/metrics` answers from. */
  readonly prometheusUrl?: string;
}

/**
 * Starts a Jaeger 2.13 with memory storage on free ports of 127.0.0.1, and waits until it answers. The first call may
 * build it: see `findJaeger2`.
 */
export async function startJaeger2(start: Jaeger2Start = {}): Promise<RunningJaeger> {
  const ports = { query: await freePort(), http: await freePort(), grpc: await freePort() };
  const url = `http://127.0.0.1:${String(ports.query)}${start.basePath ?? ''}`;
  const configured = {
    name: 'Jaeger 2',
    program: await findJaeger2(),
    files: () => ({ 'config.json': jaeger2Config(ports, start) }),
    args: (folder: string) => ['--config', `file:${join(folder, 'config.json')}`],
  };
  const server = await restartable(() => startConfigured(configured, () => answersJson(url)));
  const otlp = `http://127.0.0.1:${String(ports.http)}`;
  return { ...server, url, otlp, otlpGrpc: `127.0.0.1:${String(ports.grpc)}` };
}

interface Ports {
  readonly query: number;
  /** OTLP. */
  readonly http: number;
  readonly grpc: number;
}

/** https://www.jaegertracing.io/docs/2.13/deployment/configuration/ as JSON, which is YAML too. */
function jaeger2Config({ query, http, grpc }: Ports, { basePath, prometheusUrl }: Jaeger2Start) {
  const on = (port: number) => ({ endpoint: `127.0.0.1:${String(port)}` });
  const metrics = prometheusUrl !== undefined && {
    metric_backends: {
      figures: {
        prometheus: { endpoint: prometheusUrl, normalize_calls: true, normalize_duration: true },
      },
    },
  };
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_storage: { backends: { traces: { memory: { max_traces: 100_000 } } }, ...metrics },
      jaeger_query: {
        storage: { traces: 'traces', ...(metrics && { metrics: 'figures' }) },
        ...(basePath !== undefined && { base_path: basePath }),
        http: on(query),
        grpc: on(0),
      },
    },
    receivers: { otlp: { protocols: { http: on(http), grpc: on(grpc) } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'traces' } },
  };
}
