import assert from 'node:assert/strict';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { filterSpans } from '../../../../src/core/trace/filter.ts';
import { makeSpan } from '../../../support/span.ts';

const { trace } = buildTrace([
  makeSpan({ id: 'a', name: 'GET /api/orders/:id', kind: 'server', duration: 250_000 }),
  makeSpan({
    id: 'b',
    parent: 'a',
    name: 'OrdersController.findOne',
    start: 10,
    duration: 100_000,
  }),
  makeSpan({ id: 'c', parent: 'b', name: 'GET', kind: 'client', start: 20, duration: 3 }),
  makeSpan({
    id: 'd',
    parent: 'c',
    name: 'GET /price list',
    kind: 'server',
    service: 'pricing api',
    status: 'error',
    start: 24,
    duration: 2,
  }),
]);

const found = (query: string) =>
  filterSpans(trace, query)
    .map((row) => trace.spans[row]!.spanId)
    .join('');

describe('filterSpans', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'abcd'],
    ['   ', 'abcd'],
    ['orders', 'ab'],
    ['ORDERS get', 'a'],
    ['pricing', 'd'],
    ['service:shop-api', 'abc'],
    ['operation:price', 'd'],
    ['operation:shop', ''],
    ['kind:server', 'ad'],
    ['kind:server -error', 'a'],
    ['status:error', 'd'],
    ['error', 'd'],
    ['"error"', ''],
    ['>100ms', 'a'],
    ['>=100ms', 'ab'],
    ['<3µs', 'd'],
    ['<=3us', 'cd'],
    ['duration:>0.2s', 'a'],
    ['service:"pricing api"', 'd'],
    ['service:="pricing api"', 'd'],
    ['service:=shop-api', 'abc'],
    ['service:=shop', ''],
    ['service:=""', ''],
    ['-service:=shop-api', 'd'],
    ['"price list"', 'd'],
    ['"price list', 'd'],
    ['-service:shop-api', 'd'],
    ['critical', 'abc'],
    ['unknown:thing', ''],
    ['>100parsecs', ''],
    ['/api/orders/:id', 'a'],
    ['.*', ''],
  ];
  for (const [query, ids] of cases) {
    it(`finds ${ids === '' ? 'nothing' : ids} for ${JSON.stringify(query)}`, () => {
      assert.equal(found(query), ids);
    });
  }
});
