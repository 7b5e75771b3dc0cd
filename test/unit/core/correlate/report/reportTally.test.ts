import assert from 'node:assert/strict';
import type { MappingReport } from '../../../../../src/core/correlate/report/mappingReport.ts';
import { ReportTally } from '../../../../../src/core/correlate/report/reportTally.ts';
import { servicesWithoutFolder } from '../../../../../src/core/correlate/report/servicesWithoutFolder.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { shopIndex } from '../../../../support/handMadeShop.ts';
import { foldersOf, mapSpans } from '../../../../support/mapTrace.ts';
import { makeSpan, type SpanSketch } from '../../../../support/span.ts';

/** A server span of shop-api, in a trace of its own. */
function request(id: string, route: string, more: Partial<SpanSketch> = {}): RawSpan {
  const [method, path = ''] = route.split(' ');
  const attributes = { 'http.request.method': method ?? '', 'http.route': path };
  return makeSpan({ id, traceId: `trace ${id}`, name: route, kind: 'server', attributes, ...more });
}

function reportOf(spans: readonly RawSpan[], service?: string, index = shopIndex): MappingReport {
  const tally = new ReportTally(service);
  for (const trace of Map.groupBy(spans, ({ traceId }) => traceId).values()) {
    const { trace: built, matches } = mapSpans(trace, index);
    tally.add(built, matches, index);
  }
  return tally.report(index, foldersOf(spans, index));
}

const titles = ({ uncoveredHandlers }: MappingReport) =>
  uncoveredHandlers.map(({ handler, silence }) => `${handler.handler} ${silence}`);

describe('a mapping report', () => {
  it('counts the spans of a service by sort and confidence, each with a span to look at', () => {
    const report = reportOf([
      request('a', 'GET /api/orders'),
      request('b', 'GET /api/orders'),
      makeSpan({
        id: 'p',
        traceId: 'trace b',
        parent: 'b',
        name: 'prisma:client:operation',
        attributes: { model: 'Order', method: 'findMany' },
      }),
    ]);
    const service = report.services[0]!;
    assert.deepEqual(
      service.sorts.map(({ sort, spans, mapped, confidences }) => [
        sort,
        spans,
        mapped,
        confidences.map(({ confidence, count, example }) => [confidence, count, example.spanId]),
      ]),
      [
        ['request', 2, 2, [['strong', 2, 'a']]],
        ['prismaCall', 1, 1, [['likely', 1, 'p']]],
      ],
    );
    assert.equal(service.folder, '/shop/shop-api');
    assert.deepEqual([report.traces, report.spans, report.mapped], [2, 3, 3]);
  });

  it('groups spans without a line by cause, and under it by sentence, most frequent first', () => {
    const { services } = reportOf([
      request('a', 'GET /metrics'),
      request('b', 'GET /docs'),
      request('c', 'GET /metrics'),
    ]);
    const causes = services[0]?.sorts[0]?.causes ?? [];
    assert.deepEqual(
      causes.map(({ cause, count, example }) => [cause, count, example]),
      [['undeclaredRoute', 3, { traceId: 'trace a', spanId: 'a', label: 'GET /metrics' }]],
    );
    assert.deepEqual(
      causes[0]?.reasons.map(({ reason, count }) => [reason, count]),
      [
        ['No handler in shop-api has route GET /metrics.', 2],
        ['No handler in shop-api has route GET /docs.', 1],
      ],
    );
  });

  it('tells how many of the mapped spans are so by a guess', () => {
    const name = 'OrdersService.list';
    const { mapped, weak } = reportOf([
      request('a', 'GET /api/orders'),
      makeSpan({ id: 'w', name }),
    ]);
    assert.deepEqual({ mapped, weak }, { mapped: 2, weak: 1 });
  });

  it('holds spans of frameworks and proxies for neither mapped nor missing', () => {
    const middleware = { 'express.type': 'middleware', 'express.name': 'cors' };
    const { spans, mapped, expected } = reportOf([
      request('a', 'GET /api/orders'),
      makeSpan({ id: 'm', traceId: 'trace a', parent: 'a', attributes: middleware }),
    ]);
    assert.deepEqual({ spans, mapped, expected }, { spans: 2, mapped: 1, expected: 1 });
  });

  it('names routes that no code declares once for each service, but not requests that got a 404', () => {
    const notFound = {
      'http.request.method': 'GET',
      'url.path': '/wp-login.php',
      'http.response.status_code': 404,
    };
    const nest = {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'MetricsController',
      'nestjs.callback': 'index',
    };
    const { undeclaredRoutes } = reportOf([
      request('a', 'GET /metrics'),
      makeSpan({ id: 'n', traceId: 'trace a', parent: 'a', attributes: nest }),
      request('b', 'GET /metrics'),
      makeSpan({ id: 'c', traceId: 'c', name: 'GET', kind: 'server', attributes: notFound }),
    ]);
    assert.deepEqual(
      undeclaredRoutes.map(({ title, service, count, example }) => [
        title,
        service,
        count,
        example.spanId,
      ]),
      [['GET /metrics', 'shop-api', 2, 'a']],
    );
  });

  it('tells handlers that had no request from those whose service sends no spans', () => {
    const report = reportOf([request('a', 'GET /api/orders')]);
    const silent = titles(report);
    assert.ok(silent.includes('findOne unused'), silent.join());
    assert.ok(silent.includes('price serviceNotTraced'), silent.join());
    assert.ok(!silent.some((title) => title.startsWith('list ')), silent.join());
  });

  it('does not call a handler silent that a span may have hit', () => {
    const health = { 'http.request.method': 'GET', 'http.route': '/health' };
    const span = makeSpan({ id: 'a', service: 'gateway', kind: 'server', attributes: health });
    assert.ok(!titles(reportOf([span])).some((title) => title.startsWith('check ')));
  });

  it('lists services without a folder, but no proxy: it has none', () => {
    const traefik = { 'traefik.service.name': 'shop', 'http.route': '/x' };
    const report = reportOf([
      request('a', 'GET /api/orders'),
      request('b', 'GET /x', { service: 'gateway' }),
      makeSpan({ id: 'c', traceId: 'c', service: 'edge', attributes: traefik }),
    ]);
    assert.deepEqual(
      servicesWithoutFolder(report).map(({ service }) => service),
      ['gateway'],
    );
  });

  it('counts the spans of one service alone where one is chosen, and its handlers', () => {
    const spans = [
      request('a', 'GET /api/orders'),
      request('b', 'GET /prices/:sku', { service: 'pricing-api', traceId: 'trace a', parent: 'a' }),
    ];
    const report = reportOf(spans, 'pricing-api');
    assert.deepEqual(
      report.services.map(({ service, spans: count }) => [service, count]),
      [['pricing-api', 1]],
    );
    assert.deepEqual(titles(report), ['check unused']);
  });
});
