import { freePort } from '../freePort.ts';
import { restartable, startServer, type RestartableServer } from './childServer.ts';
import { answers } from './configuredServer.ts';
import { startContainer } from './container.ts';
import { findJaeger } from './jaegerProgram.ts';
import { metricsAt, sumOf } from './metrics.ts';

/** It would wait for the connections its clients keep open. */
const stopMs = 300;

export interface RunningJaeger extends RestartableServer {
  /** Of the query service, with the base path where one was asked for. */
  readonly url: string;
  /** OTLP/HTTP: `sendOtlp(jaeger.otlp, spans)`. */
  readonly otlp: string;
  /** OTLP/gRPC: host and port. */
  readonly otlpGrpc: string;
}

/** A Jaeger 1.67. */
export interface RunningJaeger1 extends RunningJaeger {
  /** How many spans it has put into its storage, or given up. */
  writtenSpans(): Promise<number>;
}

export interface JaegerStart {
  /** `/jaeger`, as behind a reverse proxy; default none. */
  readonly basePath?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It calls servers on 127.0.0.1, which a container can't without the host's network. */
  readonly hostNetwork?: boolean;
}

/**
 * Starts a Jaeger 1.67.0 all-in-one, with memory storage unless `env` says otherwise, on free ports of
 * 127.0.0.1, and waits until it answers. The first call may build it: see `findJaeger`.
 */
export async function startJaeger({
  basePath = '',
  env = {},
  hostNetwork = false,
}: JaegerStart = {}): Promise<RunningJaeger1> {
  const program = await findJaeger();
  const ports = await freePorts();
  const url = `http://127.0.0.1:${String(ports.query)}${basePath}`;
  const otlp = `http://127.0.0.1:${String(ports.otlp)}`;
  const otlpGrpc = `127.0.0.1:${String(ports.grpc)}`;
  const jaeger = { url, otlp, otlpGrpc, writtenSpans: () => writtenSpans(ports.admin) };
  const base = basePath === '' ? [] : [`--query.base-path=${basePath}`];
  const isReady = async () => (await answersJson(url)) && (await answers(otlp));
  if (program.kind === 'binary') {
    const command = [program.path, ...binaryFlags(ports), ...base] as const;
    const start = () => startServer('Jaeger', command, isReady, { env, stopMs });
    return { ...jaeger, ...(await restartable(start)) };
  }
  const flags = [...(hostNetwork ? ['--network=host'] : published(ports)), ...environment(env)];
  const args = [...(hostNetwork ? binaryFlags(ports) : []), ...base];
  const container = { name: 'Jaeger', image: program.image, flags, args };
  return { ...jaeger, ...(await restartable(() => startContainer(container, isReady))) };
}

interface Ports {
  readonly query: number;
  readonly otlp: number;
  /** OTLP/gRPC. */
  readonly grpc: number;
  /** Its own metrics. */
  readonly admin: number;
}

const freePorts = async (): Promise<Ports> => ({
  query: await freePort(),
  otlp: await freePort(),
  grpc: await freePort(),
  admin: await freePort(),
});

/** Of all the ports that Jaeger opens, some are chosen and the others left to the system. */
const binaryFlags = ({ query, otlp, grpc, admin }: Ports): readonly string[] => [
  `--query.http-server.host-port=127.0.0.1:${String(query)}`,
  `--collector.otlp.http.host-port=127.0.0.1:${String(otlp)}`,
  '--query.grpc-server.host-port=127.0.0.1:0',
  `--collector.otlp.grpc.host-port=127.0.0.1:${String(grpc)}`,
  '--collector.grpc-server.host-port=127.0.0.1:0',
  '--collector.http-server.host-port=127.0.0.1:0',
  `--admin.http.host-port=127.0.0.1:${String(admin)}`,
  '--log-level=warn',
];

const published = ({ query, otlp, grpc, admin }: Ports): readonly string[] => [
  `--publish=127.0.0.1:${String(query)}:16686`,
  `--publish=127.0.0.1:${String(otlp)}:4318`,
  `--publish=127.0.0.1:${String(grpc)}:4317`,
  `--publish=127.0.0.1:${String(admin)}:14269`,
];

const environment = (env: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(env).map(([key, value]) => `--env=${key}=${value}`);

/** Whether a Jaeger answers there with its list of services. */
export async function answersJson(url: string): Promise<boolean> {
  const response = await fetch(`${url}/api/services`, { signal: AbortSignal.timeout(2_000) });
  await response.json();
  return response.ok;
}

async function writtenSpans(admin: number): Promise<number> {
  const metrics = await metricsAt(`127.0.0.1:${String(admin)}`);
  return sumOf(metrics, /^jaeger_collector_spans_(?:saved_by_svc|dropped|rejected)_total$/);
}
