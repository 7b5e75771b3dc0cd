import { join } from 'node:path';

import { freePort } from '../freePort.ts';
import type { ChildServer } from './childServer.ts';
import { answers, startConfigured } from './configuredServer.ts';
import { findGoProgram, type FoundProgram } from './goProgram.ts';

/** A Traefik 3.6.12: see `findGoProgram`. */
export const findTraefik = (): Promise<FoundProgram> =>
  findGoProgram({
    name: 'traefik',
    title: 'Traefik 3.6.12',
    version: '3.6.12',
    moduleFolder: join(import.meta.dirname, 'traefik'),
    packageName: 'github.com/traefik/traefik/v3/cmd/traefik',
    image: 'traefik:v3.6.12',
    variable: 'TRAEFIK_BINARY',
  });

export interface TraefikStart {
  /** OTLP/gRPC: host and port. */
  readonly otlpGrpc: string;
  readonly routers: readonly TraefikRouter[];
}

/** A router and the one server behind it. */
interface TraefikRouter {
  readonly name: string;
  readonly rule: string;
  /** Its service is called so. */
  readonly service: string;
  readonly url: string;
}

export interface RunningTraefik extends ChildServer {
  /** What visitors call. */
  readonly url: string;
}

/**
 * Starts a Traefik on a free port of 127.0.0.1 that traces in detail: entry point, router, middleware, service and proxy
 * each have a span. The first call may build it: see `findTraefik`.
 */
export async function startTraefik(start: TraefikStart): Promise<RunningTraefik> {
  const address = `127.0.0.1:${String(await freePort())}`;
  const url = `http://${address}`;
  const server = await startConfigured(
    {
      name: 'Traefik',
      program: await findTraefik(),
      files: (folder) => ({
        'traefik.yaml': staticConfig(address, join(folder, 'routers.yaml'), start),
        'routers.yaml': { http: dynamicConfig(start.routers) },
      }),
      args: (folder) => [`--configFile=${join(folder, 'traefik.yaml')}`],
    },
    () => answers(url),
  );
  return { ...server, url };
}

/** https://doc.traefik.io/traefik/v3.6/reference/install-configuration/configuration-options/ */
const staticConfig = (address: string, filename: string, { otlpGrpc }: TraefikStart) => ({
  global: { checkNewVersion: false, sendAnonymousUsage: false },
  log: { level: 'WARN' },
  entryPoints: { web: { address } },
  providers: { file: { filename } },
  tracing: { serviceName: 'traefik', otlp: { grpc: { endpoint: otlpGrpc, insecure: true } } },
});

function dynamicConfig(routers: readonly TraefikRouter[]) {
  const observability = { traceVerbosity: 'detailed' };
  return {
    routers: Object.fromEntries(
      routers.map(({ name, rule, service }) => [
        name,
        { rule, service, entryPoints: ['web'], middlewares: ['headers'], observability },
      ]),
    ),
    services: Object.fromEntries(
      routers.map(({ service, url }) => [service, { loadBalancer: { servers: [{ url }] } }]),
    ),
    middlewares: { headers: { headers: { customResponseHeaders: { 'X-Served-By': 'shop' } } } },
  };
}
