import assert from 'node:assert/strict';
import { epochMicroseconds, fromMilliseconds } from '../../../../src/core/base/units.ts';
import type { EndpointRow } from '../../../../src/core/correlate/endpoints.ts';
import { barIcon } from '../../../../src/host/endpoints/barIcon.ts';
import { groupEndpoints } from '../../../../src/host/endpoints/endpointOrder.ts';
import {
  rowDescription,
  rowDetails,
  rowLabel,
  spokenRow,
} from '../../../../src/host/endpoints/endpointText.ts';

interface Numbers {
  readonly p95: number;
  readonly count?: number;
  readonly errors?: number;
}

function row(service: string, route: string, numbers?: Numbers): EndpointRow {
  const [method = '', path = ''] = route.split(' ');
  const key = { layer: 'server', service, name: route, method, route: path } as const;
  return {
    id: `${service} ${route}`,
    service,
    handler: undefined,
    key: { ...key, controller: '', callback: '' },
    keys: [],
    reason: 'No handler has this route.',
    figures: numbers && {
      count: numbers.count ?? 10,
      errors: numbers.errors ?? 0,
      p50: fromMilliseconds(1),
      p95: fromMilliseconds(numbers.p95),
      p99: fromMilliseconds(numbers.p95),
      max: fromMilliseconds(numbers.p95),
      total: fromMilliseconds(numbers.p95 * (numbers.count ?? 10)),
      window: { start: epochMicroseconds(0), end: epochMicroseconds(1) },
      source: 'local store',
      basis: 'complete',
      sampledTraces: undefined,
      fetchedAt: epochMicroseconds(0),
      layer: 'server',
      slowestTraceId: undefined,
    },
  };
}

const rows = [
  row('pricing-api', 'GET /prices', { p95: 30, count: 900 }),
  row('shop-api', 'GET /health'),
  row('shop-api', 'GET /orders', { p95: 12, count: 500, errors: 3 }),
  row('shop-api', 'DELETE /orders/:id', { p95: 2_450 }),
];
const shape = (order: Parameters<typeof groupEndpoints>[1], filter = '') =>
  groupEndpoints(rows, order, filter).map(({ service, rows: grouped }) => [
    service,
    ...grouped.map(({ key }) => key?.name),
  ]);

describe('the Endpoints view', () => {
  it('puts the most costly row first, its service first, and rows without traces last', () => {
    assert.deepEqual(shape('p95'), [
      ['shop-api', 'DELETE /orders/:id', 'GET /orders', 'GET /health'],
      ['pricing-api', 'GET /prices'],
    ]);
    assert.deepEqual(shape('count')[0], ['pricing-api', 'GET /prices']);
    assert.equal(shape('errors')[0]?.[1], 'GET /orders');
    assert.equal(shape('total')[0]?.[1], 'GET /prices');
  });

  it('keeps the rows that have every word of the filter, in any case', () => {
    assert.deepEqual(shape('p95', 'delete ORDERS'), [['shop-api', 'DELETE /orders/:id']]);
    assert.deepEqual(shape('p95', 'pricing'), [['pricing-api', 'GET /prices']]);
    assert.deepEqual(shape('p95', 'nothing like it'), []);
  });

  it('begins each row with what it is ordered by', () => {
    const [, , orders] = rows;
    assert.ok(orders);
    assert.equal(rowLabel(orders, 'p95'), '12 ms\u2002GET /orders');
    assert.equal(rowLabel(orders, 'count'), '500\u2002GET /orders');
    assert.equal(rowLabel(orders, 'errors'), '3\u2002GET /orders');
    assert.equal(rowDescription(orders, 'p95', 60), '500 requests · 0.6% errors · 6 s in total');
    assert.equal(
      spokenRow(orders, 60),
      'GET /orders, p95 12 ms, 0.6% errors, 500 requests, 6 s in total',
    );
  });

  it('says why an operation has no handler, and that a handler has no traces', () => {
    const [prices, health] = rows;
    assert.ok(prices && health);
    assert.ok(rowDetails(prices).includes('No handler has this route.'));
    assert.equal(rowLabel(health, 'p95'), 'GET /health');
    assert.equal(rowDescription(health, 'p95', 60), 'no traces in 1 h');
  });

  it('shows hostile names as text, cut', () => {
    const hostile = { ...row('a', 'x', { p95: 1 }), key: undefined };
    const key = { layer: 'other', service: 'a', method: '', route: '', controller: '' } as const;
    const name = `\u202e<img>\u0000${'x'.repeat(1_000_000)}`;
    const label = rowLabel({ ...hostile, key: { ...key, callback: '', name } }, 'p95');
    assert.ok(label.length < 200);
    assert.ok(label.includes('[U+202E]<img>␀'));
  });
});

describe('the bar of a row', () => {
  const widths = (svg: string) =>
    [...svg.matchAll(/width="([\d.]+)" height="5"/g)].map(([, w]) => Number(w));

  it('is as long as its share, and never nothing or more than all', () => {
    assert.deepEqual(widths(barIcon(0.5, 'calm')), [16, 8]);
    assert.deepEqual(widths(barIcon(0, 'calm')), [16, 2]);
    assert.deepEqual(widths(barIcon(7, 'slow')), [16, 16]);
  });

  it('differs in shape, not only in color, when requests fail', () => {
    assert.ok(barIcon(1, 'failing').includes('<circle'));
    assert.ok(!barIcon(1, 'slow').includes('<circle'));
  });
});
