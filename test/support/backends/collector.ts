import { join } from 'node:path';

import { freePort } from '../freePort.ts';
import type { ChildServer } from './childServer.ts';
import { answers, startConfigured } from './configuredServer.ts';
import { findGoProgram, type FoundProgram } from './goProgram.ts';
import { metricsAt, sumOf } from './metrics.ts';

/** An OpenTelemetry Collector 0.122.1 with what is used of it here: see `findGoProgram`. */
export const findCollector = (): Promise<FoundProgram> =>
  findGoProgram({
    name: 'collector',
    title: 'OpenTelemetry Collector 0.122.1',
    moduleFolder: join(import.meta.dirname, 'collector'),
    packageName: '.',
    image: 'otel/opentelemetry-collector-contrib:0.122.1',
    variable: 'COLLECTOR_BINARY',
  });

export interface RunningCollector extends ChildServer {
  /** OTLP/HTTP, as `OTEL_EXPORTER_OTLP_ENDPOINT` has it. */
  readonly otlp: string;
  /** OTLP/gRPC: host and port. */
  readonly otlpGrpc: string;
  /** How many spans its metrics count. */
  countedSpans(): Promise<number>;
}

export interface CollectorStart {
  /** Where traces go, by OTLP/gRPC: host and port. */
  readonly traces: string;
  /** Where Prometheus reads the spanmetrics connector's metrics: a free host and port. */
  readonly metrics: string;
}

/**
 * Starts a Collector on free ports of 127.0.0.1 and waits until it answers. The first call may build it: see
 * `findCollector`.
 */
export async function startCollector(start: CollectorStart): Promise<RunningCollector> {
  const port = async () => `127.0.0.1:${String(await freePort())}`;
  const addresses = { http: await port(), grpc: await port(), ...start };
  const otlp = `http://${addresses.http}`;
  const server = await startConfigured(
    {
      name: 'Collector',
      program: await findCollector(),
      files: () => ({ 'collector.json': collectorConfig(addresses) }),
      args: (folder) => ['--config', `file:${join(folder, 'collector.json')}`],
    },
    async () => (await answers(otlp)) && (await answers(`http://${start.metrics}/metrics`)),
  );
  const countedSpans = async () =>
    sumOf(await metricsAt(start.metrics), /^traces_span_metrics_calls_total$/);
  return { ...server, otlp, otlpGrpc: addresses.grpc, countedSpans };
}

interface Addresses extends CollectorStart {
  readonly http: string;
  readonly grpc: string;
}

/** https://opentelemetry.io/docs/collector/configuration/ as JSON, which is YAML too. */
const collectorConfig = ({ http, grpc, metrics, traces }: Addresses) => ({
  receivers: { otlp: { protocols: { http: { endpoint: http }, grpc: { endpoint: grpc } } } },
  processors: { batch: { timeout: '200ms' } },
  connectors: { spanmetrics: { metrics_flush_interval: '1s' } },
  exporters: {
    otlp: { endpoint: traces, tls: { insecure: true } },
    prometheus: { endpoint: metrics },
  },
  service: {
    pipelines: {
      traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['otlp', 'spanmetrics'] },
      metrics: { receivers: ['spanmetrics'], exporters: ['prometheus'] },
    },
    telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
  },
});
