import assert from 'node:assert/strict';
import { isWholeUnit } from '../../../../src/sources/jaeger/metrics.ts';
import { metricDurations } from '../../../../src/sources/jaeger/metricDurations.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { jaegerJson } from '../../../support/jaegerJson.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { at, never, second, sentSpan } from '../../../support/sourceContract/sent.ts';
import { startTestServer, type TestServer } from '../../../support/testServer.ts';

const hour = { start: at(-3_000 * second), end: at(600 * second) };

/** A value of `/api/metrics`, as Jaeger 1.67 writes it. */
const metric = (operation: string, value: number | string) => ({
  labels: [
    { name: 'operation', value: operation },
    { name: 'service_name', value: 'shop' },
  ],
  metricPoints: [
    { gaugeValue: { doubleValue: value }, timestamp: '2026-11-29T18:28:10.673Z' },
    { gaugeValue: { doubleValue: 77 }, timestamp: '2026-11-29T18:29:10.673Z' },
  ],
});

type Metrics = (path: string, query: URLSearchParams) => object[] | 'disabled' | 'failed';

const spans: readonly RawSpan[] = [
  sentSpan({
    service: 'shop',
    name: 'GET /orders',
    attributes: { 'http.request.method': 'GET', 'http.route': '/orders' },
  }),
  sentSpan({
    service: 'shop',
    name: 'GET',
    attributes: { 'http.request.method': 'GET', 'url.path': '/health' },
  }),
  sentSpan({ service: 'shop', kind: 'internal', name: 'job' }),
  sentSpan({
    service: 'shop',
    kind: 'internal',
    name: 'OrdersController.find',
    parent: '1'.repeat(16),
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'OrdersController',
      'nestjs.callback': 'find',
    },
  }),
];

/** A Jaeger with these metrics and `spans`, each a trace of its own. */
async function jaegerWith(metrics: Metrics): Promise<TestServer & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server = await startTestServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://jaeger');
    asked.push(`${pathname}${searchParams.has('operation') ? '?operation' : ''}`);
    if (pathname === '/api/services') response.end('{"data":["shop"],"errors":null}');
    else if (pathname === '/api/operations') response.end('{"data":[],"errors":null}');
    else if (pathname === '/api/traces') {
      const operation = searchParams.get('operation');
      const found = spans.filter(({ name }) => operation === null || name === operation);
      response.end(jaegerJson(found.slice(0, Number(searchParams.get('limit')))));
    } else {
      const answer = metrics(pathname.replace('/api/metrics/', ''), searchParams);
      const error = (code: number, msg: string) =>
        response.writeHead(code).end(JSON.stringify({ data: null, errors: [{ code, msg }] }));
      if (answer === 'disabled') error(501, 'metrics querying is currently disabled');
      else if (answer === 'failed') error(500, 'failed executing metrics query: refused');
      else response.end(JSON.stringify({ name: 'service_operation_…', metrics: answer }));
    }
  });
  return { ...server, asked };
}

const figuresOf = (url: string, window = hour, sampleSize = 100) =>
  openJaegerSource({
    url,
    headers: {},
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    sampleSize,
    clock: systemClock,
    log: silentLog,
  }).figures(window, never);

describe("figures from Jaeger's metrics", () => {
  let jaeger: (TestServer & { readonly asked: string[] }) | undefined;
  afterEach(() => jaeger?.close());

  const whole: Metrics = (path, query) => {
    assert.equal(query.get('ratePer'), '3600000');
    assert.equal(query.get('groupByOperation'), 'true');
    const kind = query.get('spanKind');
    if (kind === 'consumer') return [];
    const isServer = kind === 'server';
    if (path === 'calls')
      return isServer
        ? [metric('GET /orders', 0.25), metric('GET', 0.1), metric('GET /unused', 0)]
        : [metric('OrdersController.find', 0.25), metric('job', 3)];
    if (path === 'errors') return isServer ? [metric('GET /orders', 0.1)] : [];
    const value = { '0.5': 10, '0.95': 40, '0.99': 'NaN', '1': 100 }[query.get('quantile') ?? ''];
    return isServer
      ? [metric('GET /orders', value ?? 0), metric('GET', 15_000)]
      : [metric('OrdersController.find', 'NaN')];
  };

  it('count all requests of each operation that answers any, with errors and quantiles', async () => {
    jaeger = await jaegerWith(whole);
    const { operations, basis, complete, reason, sampledTraces } = await figuresOf(jaeger.url);
    assert.deepEqual([basis, complete, reason, sampledTraces], ['complete', true, '', undefined]);
    assert.deepEqual(
      operations.map(({ key, durations, errors }) => [key.name, durations.count, errors]),
      [
        ['GET /orders', 900, { count: 90, of: 900 }],
        ['GET', 360, { count: 0, of: 360 }],
        ['OrdersController.find', 900, { count: 0, of: 900 }],
      ],
    );
    const [orders, , nest] = operations.map(({ durations }) => durations);
    assert.ok(orders?.shape === 'quantiles' && nest?.shape === 'quantiles');
    assert.deepEqual([orders.p50, orders.p95, orders.p99], [10_000, 40_000, undefined]);
    assert.deepEqual([nest.p50, nest.p95, nest.max], [undefined, undefined, undefined]);
  });

  it('ask for a span of each operation once, and for no other traces', async () => {
    jaeger = await jaegerWith(whole);
    const source = openJaegerSource({
      url: jaeger.url,
      headers: {},
      timeoutMs: 5_000,
      maxBytes: 1_000_000,
      sampleSize: 100,
      clock: systemClock,
      log: silentLog,
    });
    await source.figures(hour, never);
    const traces = () => jaeger?.asked.filter((path) => path.startsWith('/api/traces'));
    assert.deepEqual(
      traces(),
      Array.from({ length: 4 }, () => '/api/traces?operation'),
    );
    await source.figures(hour, never);
    assert.equal(traces()?.length, 4);
  });

  it('are sampled where there is no metrics store, which is asked once', async () => {
    jaeger = await jaegerWith(() => 'disabled');
    const { basis, operations } = await figuresOf(jaeger.url);
    assert.ok(operations.length > 0);
    assert.equal(basis, 'complete');
    assert.equal(jaeger.asked.filter((path) => path.includes('metrics')).length, 1);
  });

  it('are sampled where the store knows nothing of services with traces, and that is said', async () => {
    jaeger = await jaegerWith(() => []);
    const { basis, reason } = await figuresOf(jaeger.url, hour, 4);
    assert.equal(basis, 'sampled');
    assert.match(
      reason,
      /^Jaeger's metrics store has no metrics of these services.*normalize_calls/,
    );
  });

  it('are sampled where the store cannot be read, and that is said', async () => {
    jaeger = await jaegerWith(() => 'failed');
    const { basis, reason } = await figuresOf(jaeger.url, hour, 4);
    assert.equal(basis, 'sampled');
    assert.match(reason, /failed executing metrics query/);
  });

  it('are sampled in a window that Jaeger would shorten', async () => {
    jaeger = await jaegerWith(whole);
    await figuresOf(jaeger.url, { start: at(-5_000 * second), end: at(400 * second) });
    assert.ok(!jaeger.asked.some((path) => path.includes('metrics')));
    const seconds = (n: number) => isWholeUnit({ start: at(0), end: at(n * second) });
    assert.deepEqual([15, 59, 60, 900, 3_600, 86_400, 604_800].map(seconds).includes(false), false);
    assert.deepEqual([0, 0.5, 61, 5_400, 90_000 + 60].map(seconds).includes(true), false);
  });
});

describe('durations of metrics', () => {
  it('beyond the largest bucket are said to be longer, not as long', () => {
    assert.deepEqual(metricDurations(100, { p50: 15_000, p95: 15_000, p99: 15_000, top: 15_000 }), {
      shape: 'histogram',
      bounds: [15_000_000],
      counts: [0, 100],
      count: 100,
      max: undefined,
      total: undefined,
    });
    const some = metricDurations(100, { p50: 20, p95: 15_000, p99: 15_000, top: 15_000 });
    assert.ok(some.shape === 'histogram');
    assert.deepEqual(
      [some.bounds, some.counts],
      [
        [20_000, 15_000_000],
        [50, 44, 6],
      ],
    );
    const few = metricDurations(100, { p50: 20, p95: 30, p99: 15_000, top: 15_000 });
    assert.ok(few.shape === 'quantiles');
    assert.deepEqual([few.p95, few.p99], [30_000, undefined]);
  });
});
