import { gzipSync } from 'node:zlib';
import { startTestServer } from './testServer.ts';

export interface CountingJaeger {
  readonly url: string;
  /** Since it was last asked: questions, bytes of their answers' JSON, and traces in them. */
  taken(): { requests: number; bytes: number; traces: number };
  close(): Promise<void>;
}

export interface CountingJaegerOptions {
  readonly services: number;
  /** Of each service, a second apart, newest last. */
  readonly traces: number;
  readonly spansPerTrace: number;
  /** Of each service; the n-th has 1/n of the requests. */
  readonly endpoints: number;
  /** Of the newest trace, in ms since 1970. */
  readonly newestMs: number;
}

/** A Jaeger that answers from traces it makes up, and counts what is asked of it. */
export async function startCountingJaeger(options: CountingJaegerOptions): Promise<CountingJaeger> {
  let count = { requests: 0, bytes: 0, traces: 0 };
  const services = Array.from({ length: options.services }, (_, n) => `service-${String(n)}`);
  const stored = new Map(services.map((name, n) => [name, tracesOf(name, n, options)]));
  const dataFor = (path: string, parameters: URLSearchParams): unknown[] => {
    if (path === '/api/services') return services;
    const own = stored.get(parameters.get('service') ?? '') ?? [];
    if (path === '/api/operations')
      return [...new Set(own.map(({ endpoint }) => endpoint))].map((name) => ({
        name,
        spanKind: 'server',
      }));
    const operation = parameters.get('operation');
    const found = own.filter(({ endpoint }) => operation === null || endpoint === operation);
    const newest = found.slice(-Number(parameters.get('limit'))).reverse();
    count.traces += newest.length;
    return newest.map(({ trace }) => trace);
  };
  const server = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://jaeger');
    if (pathname.startsWith('/api/metrics/')) return void response.writeHead(501).end();
    const body = Buffer.from(JSON.stringify({ data: dataFor(pathname, searchParams) }));
    count.requests += 1;
    count.bytes += body.length;
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(body, { level: 1 }));
  });
  return {
    url: server.url,
    taken: () => {
      const taken = count;
      count = { requests: 0, bytes: 0, traces: 0 };
      return taken;
    },
    close: () => server.close(),
  };
}

interface StoredTrace {
  readonly endpoint: string;
  readonly trace: object;
}

function tracesOf(
  service: string,
  number: number,
  { traces, spansPerTrace, endpoints, newestMs }: CountingJaegerOptions,
): StoredTrace[] {
  const owed = Array.from({ length: endpoints }, () => 0);
  return Array.from({ length: traces }, (_, n) => {
    for (const index of owed.keys()) owed[index]! += 1 / (index + 1);
    const most = owed.indexOf(Math.max(...owed));
    owed[most]! -= owed.reduce((sum, _one, index) => sum + 1 / (index + 1), 0);
    const endpoint = `GET /endpoint/${String(most)}`;
    const traceID = (number * 1_000_000 + n + 1).toString(16).padStart(32, '0');
    const startTime = (newestMs - (traces - n) * 1_000) * 1_000;
    const span = (index: number) => ({
      traceID,
      spanID: (index + 1).toString(16).padStart(16, '0'),
      operationName: index === 0 ? endpoint : 'prisma:client:operation',
      references:
        index === 0 ? [] : [{ refType: 'CHILD_OF', traceID, spanID: '1'.padStart(16, '0') }],
      startTime,
      duration: 1_000 * (most + 1),
      tags: [
        { key: 'span.kind', type: 'string', value: index === 0 ? 'server' : 'internal' },
        { key: 'http.request.method', type: 'string', value: 'GET' },
        { key: 'http.route', type: 'string', value: `/endpoint/${String(most)}` },
      ],
      logs: [],
      processID: 'p1',
      warnings: null,
    });
    const spans = Array.from({ length: spansPerTrace }, (_one, index) => span(index));
    const processes = { p1: { serviceName: service, tags: [] } };
    return { endpoint, trace: { traceID, spans, processes, warnings: null } };
  });
}
