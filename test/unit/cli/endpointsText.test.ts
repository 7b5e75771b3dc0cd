import assert from 'node:assert/strict';

import { endpointJson } from '../../../src/cli/endpointJson.ts';
import { basisLine, endpointLines } from '../../../src/cli/endpointLines.ts';
import { endpointsText } from '../../../src/cli/endpointsText.ts';
import { colored, paintFor, plain } from '../../../src/cli/paint.ts';
import { epochMicroseconds, microseconds } from '../../../src/core/base/units.ts';
import type { Handler } from '../../../src/core/code/model.ts';
import type { EndpointRow } from '../../../src/core/correlate/endpoints/endpoints.ts';
import type { Figures } from '../../../src/core/correlate/figures/figures.ts';
import type { EndpointsAnswer } from '../../../src/engine/methods.ts';
import { httpKey } from '../../support/operationKeys.ts';
import { assertGolden } from '../../support/goldenText.ts';

const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };

const figures = (p95: number, count: number, errors = 0): Figures => ({
  count,
  errors,
  p50: microseconds(p95 / 2),
  p95: microseconds(p95),
  p99: microseconds(p95 * 1.1),
  max: microseconds(p95 * 1.2),
  total: microseconds(p95 * count),
  window,
  source: 'Local traces',
  basis: 'complete',
  sampledTraces: undefined,
  fetchedAt: epochMicroseconds(0),
  layer: 'server',
  slowestTraceId: undefined,
});

const handler = (method: string, path: string, symbol: string, line: number): Handler => {
  const [controller = '', name = ''] = symbol.split('.');
  return {
    kind: 'http',
    id: symbol,
    method,
    path,
    pathComplete: true,
    controller,
    handler: name,
    declaredIn: controller,
    location: { path: '/shop/src/orders/orders.controller.ts', line, column: 3 },
    firstLine: line,
    lastLine: line,
    methodId: symbol,
    project: 'shop',
  };
};

const row = (rest: Partial<EndpointRow>): EndpointRow => ({
  id: 'x',
  service: 'shop-api',
  handler: undefined,
  key: undefined,
  keys: [],
  figures: undefined,
  reason: '',
  ...rest,
});

const rows = [
  row({
    handler: handler('GET', '/api/v1/orders/:id', 'OrdersController.get', 20),
    figures: figures(12_000, 1_204, 5),
  }),
  row({
    handler: handler('DELETE', '/api/v1/orders/:id', 'OrdersController.remove', 42),
    figures: figures(2_450_000, 12),
  }),
  row({ handler: handler('POST', '/api/v1/orders', 'OrdersController.place', 30) }),
  row({
    key: httpKey({ service: 'edge', name: 'GET\u001b[31m', method: 'GET' }),
    service: 'edge',
    figures: figures(100_000, 3),
    reason: 'No folder of the workspace is the service "edge".',
  }),
];

const shown = (sort: 'p95' | 'total' | 'errors' | 'count', all = false) =>
  endpointLines({ rows }, { dir: '/shop', sort, all }).map((line) => line.endpoint);

describe('endpoints table', () => {
  it('shows the slowest first, each with its handler and line', () => {
    const lines = endpointLines({ rows }, { dir: '/shop', sort: 'p95', all: true });
    const file = new URL('./endpoints.golden.txt', import.meta.url);
    assertGolden(file, endpointsText(lines, plain).join('\n'));
  });

  it('sorts by what it is asked for', () => {
    assert.equal(shown('p95')[0], 'DELETE /api/v1/orders/:id');
    assert.equal(shown('total')[0], 'DELETE /api/v1/orders/:id');
    assert.equal(shown('count')[0], 'GET /api/v1/orders/:id');
    assert.equal(shown('errors')[0], 'GET /api/v1/orders/:id');
  });

  it("lists a proxy's requests after the endpoints behind it, however slow", () => {
    const ofProxy = row({
      key: httpKey({ service: 'traefik', name: 'DELETE', method: 'DELETE' }),
      figures: { ...figures(9_000_000, 12), layer: 'proxy' },
    });
    const lines = endpointLines(
      { rows: [ofProxy, ...rows] },
      { dir: '/shop', sort: 'p95', all: true },
    );
    assert.deepEqual(lines.map(({ endpoint }) => endpoint).slice(-2), [
      'DELETE',
      'POST /api/v1/orders',
    ]);
  });

  it('leaves out handlers without requests unless all are asked for', () => {
    assert.ok(!shown('p95').includes('POST /api/v1/orders'));
    assert.equal(shown('p95', true).at(-1), 'POST /api/v1/orders');
  });

  describe('of a source that knows less', () => {
    const known = figures(340_000, 1_204, 5);
    const less: Figures = {
      ...known,
      errors: undefined,
      errorSample: { count: 2, of: 500, share: 0.004 },
      max: undefined,
      total: undefined,
      estimates: { p95: { low: microseconds(200_000), high: microseconds(400_000) } },
      mixedKinds: ['client', 'server'],
    };
    const nothing: Figures = { ...known, errors: undefined, p99: undefined, total: undefined };
    const lines = endpointLines(
      { rows: [row({ figures: nothing }), row({ figures: less, reason: 'No route.' })] },
      { dir: '/shop', sort: 'total', all: true },
    );

    it('shows estimates and samples as such, and - for what is not known', () => {
      const [, first = '', second = ''] = endpointsText(lines, plain).map((line) =>
        line.trim().split(/  +/).join(' | '),
      );
      assert.equal(first, '170 ms | 340 ms | - | 408 ms | - | - | 1,204 | shop-api');
      assert.equal(
        second,
        '170 ms | ≈340 ms | 374 ms | - | - | 0.4% (sample of 500) | 1,204 | shop-api | No route. | counts client + server spans',
      );
    });

    it('has every key in JSON, null for what is not known', () => {
      const [first, second] = lines.map(endpointJson) as { figures: Record<string, unknown> }[];
      const keys = Object.keys(known).filter((name) => name !== 'window');
      for (const name of keys) assert.ok(name in first!.figures, name);
      assert.deepEqual(
        [
          first?.figures['errors'],
          first?.figures['p99'],
          first?.figures['total'],
          first?.figures['count'],
        ],
        [null, null, null, 1_204],
      );
      assert.deepEqual([second?.figures['errors'], second?.figures['max']], [null, null]);
      assert.deepEqual(second?.figures['estimates'], { p95: { low: 200_000, high: 400_000 } });
      assert.deepEqual(second.figures['errorSample'], { count: 2, of: 500, share: 0.004 });
      assert.deepEqual(second.figures['mixedKinds'], ['client', 'server']);
      const [complete] = endpointLines({ rows }, { dir: '/shop', sort: 'p95', all: false });
      const told = JSON.parse(JSON.stringify(complete && endpointJson(complete))) as unknown;
      assert.deepEqual(told, JSON.parse(JSON.stringify(complete)));
    });
  });

  it('says what the figures rest on', () => {
    const answer: EndpointsAnswer = {
      rows: [],
      window,
      basis: 'sampled',
      dropped: [],
      droppedCount: 0,
      sampledTraces: 500,
      complete: false,
      reason: 'Jaeger stopped at 500.',
      overloaded: false,
      readMs: 10,
      restMs: 0,
    };
    const line = basisLine(answer, 'Jaeger at http://j', 90);
    assert.equal(
      line,
      'Jaeger at http://j · Last 90 minutes · sample of 500 traces. Jaeger stopped at 500.',
    );
  });

  it('colors only where a person looks and NO_COLOR is not set', () => {
    assert.equal(paintFor(true, {}), colored);
    assert.equal(paintFor(true, { NO_COLOR: '1' }), plain);
    assert.equal(paintFor(false, {}), plain);
  });
});
