import { readFileSync } from 'node:fs';
import { startTestServer, type TestServer } from './testServer.ts';

/** The service of the recorded spans. */
export const replayedService = 'users-api';
/** Of the recorded spans, in ns since 1970: one hour around it holds all of them. */
const recordedAt = 1_795_344_517_000_000_000n;

export interface ReplayedJaeger extends TestServer {
  /** What was asked, in order: path and query. */
  readonly asked: readonly string[];
}

/**
 * A server that answers as Jaeger's main branch of 2026-08-20 did (test/fixtures/jaeger/head-*.json): /api/v3
 * and, of the JSON API, a trace by its id. The paths that were dropped are 404 in plain text, metrics 501.
 * Traces are found by service, operation, attributes, durations and time as its memory storage does, one span
 * meeting all of it, the newest `searchDepth` of them.
 * @param start of the recorded spans, ms since 1970: they are moved there
 */
export async function replayJaeger({
  basePath = '',
  start = Date.now() - 10 * 60_000,
}: { readonly basePath?: string; readonly start?: number } = {}): Promise<ReplayedJaeger> {
  const traces = tracesOf(recorded('head-v3-traces.json', start));
  const summaries = recorded('head-v3-trace-summaries.json', start) as { summaries: Summary[] };
  const byId = recorded('head-v1-trace.json', start) as { data: [{ traceID: string }] };
  const asked: string[] = [];

  const answer = (path: string, query: URLSearchParams): Reply => {
    const id = /^\/api\/(?:v3\/)?traces\/(\w+)$/.exec(path)?.[1];
    if (path === '/api/v3/services') return json(recorded('head-v3-services.json'));
    if (path === '/api/v3/operations') {
      const isKnown = query.get('service') === replayedService;
      return json(isKnown ? recorded('head-v3-operations.json') : {});
    }
    if (path === '/api/v3/traces' || path === '/api/v3/trace-summaries') {
      if (!query.has('query.startTimeMin') || !query.has('query.startTimeMax'))
        return v3Error(400, 'query.startTimeMin and query.startTimeMax are required');
      const found = traces
        .filter(({ spans }) => spans.some((span) => meets(span, query)))
        .slice(0, Number(query.get('query.searchDepth') ?? 100));
      if (path.endsWith('summaries')) {
        const ids = new Set(found.map(({ traceId }) => traceId));
        return json({
          summaries: summaries.summaries.filter(({ traceId }) => ids.has(traceId)),
        });
      }
      return combined(found);
    }
    if (id !== undefined && path.startsWith('/api/v3/'))
      return combined(traces.filter(({ traceId }) => traceId === id));
    if (id !== undefined && byId.data[0].traceID === id) return json(byId);
    if (id !== undefined) return v1Error(404, 'trace not found');
    if (path.startsWith('/api/metrics/'))
      return v1Error(501, 'metrics querying is currently disabled');
    return plain(404, '404 page not found\n');
  };

  const server = await startTestServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://replayed');
    asked.push(request.url ?? '');
    const isBelow = url.pathname.startsWith(`${basePath}/`);
    const reply = isBelow
      ? answer(url.pathname.slice(basePath.length), url.searchParams)
      : plain(404, 'not found');
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  });
  return { ...server, url: `${server.url}${basePath}`, asked };
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
  readonly status?: { readonly code?: number };
}

interface Summary {
  readonly traceId: string;
}

interface ReplayedTrace {
  readonly traceId: string;
  readonly spans: readonly OtlpSpan[];
  readonly resourceSpans: readonly unknown[];
}

/** A recorded answer, its times moved so that the recording began at `start`. */
function recorded(name: string, start?: number): unknown {
  const text = readFileSync(new URL(`../fixtures/jaeger/${name}`, import.meta.url), 'utf8');
  if (start === undefined) return JSON.parse(text);
  const by = BigInt(Math.floor(start)) * 1_000_000n - recordedAt;
  return JSON.parse(
    text
      .replace(/"(17953\d{14})"/g, (_, nanos: string) => `"${String(BigInt(nanos) + by)}"`)
      .replace(/(?<=:)(17953\d{11})(?=[,}])/g, (micros) =>
        String(Number(micros) + Number(by / 1_000n)),
      ),
  );
}

/** The combined object taken apart again, newest trace first. */
function tracesOf(answer: unknown): readonly ReplayedTrace[] {
  const { result } = answer as {
    result: { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };
  };
  const byId = Map.groupBy(
    result.resourceSpans,
    ({ scopeSpans }) => scopeSpans[0]?.spans[0]?.traceId ?? '',
  );
  return [...byId]
    .map(([traceId, resourceSpans]) => ({
      traceId,
      resourceSpans,
      spans: resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    }))
    .sort((a, b) => newestStart(b) - newestStart(a));
}

const newestStart = ({ spans }: ReplayedTrace): number =>
  Math.max(...spans.map(({ startTimeUnixNano }) => Number(startTimeUnixNano)));

function meets(span: OtlpSpan, query: URLSearchParams): boolean {
  const [start, end] = [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)];
  const wanted = (name: string) => query.get(`query.${name}`);
  const attributes = JSON.parse(wanted('attributes') ?? '{}') as Record<string, string>;
  return (
    wanted('serviceName') === replayedService &&
    (wanted('operationName') ?? span.name) === span.name &&
    start >= nanosOf(wanted('startTimeMin')) &&
    start <= nanosOf(wanted('startTimeMax')) &&
    end - start >= lengthOf(wanted('durationMin') ?? '0us') &&
    end - start <= lengthOf(wanted('durationMax') ?? '86400000000us') &&
    Object.entries(attributes).every(([key, value]) => hasAttribute(span, key, value))
  );
}

const hasAttribute = (span: OtlpSpan, key: string, value: string): boolean =>
  key === 'error'
    ? (span.status?.code === 2) === (value === 'true')
    : (span.attributes ?? []).some(
        (own) => own.key === key && String(Object.values(own.value)[0]) === value,
      );

const lengthOf = (text: string): bigint => BigInt(text.replace('us', '')) * 1_000n;

function nanosOf(text: string | null): bigint {
  const [, seconds = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text ?? '') ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const combined = (traces: readonly ReplayedTrace[]): Reply =>
  traces.length === 0
    ? v3Error(404, 'No traces found')
    : json({ result: { resourceSpans: traces.flatMap((trace) => trace.resourceSpans) } });

const json = (body: unknown): Reply => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(body),
});

const plain = (status: number, body: string): Reply => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});

const v3Error = (status: number, text: string): Reply =>
  plain(status, JSON.stringify({ error: { httpCode: status, message: text } }));

const v1Error = (code: number, msg: string): Reply =>
  plain(
    code,
    JSON.stringify({ data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] }),
  );
