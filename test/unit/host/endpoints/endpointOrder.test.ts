import assert from 'node:assert/strict';
import { epochMicroseconds, fromMilliseconds } from '../../../../src/core/base/units.ts';
import type { EndpointRow } from '../../../../src/core/correlate/endpoints/endpoints.ts';
import { layOut } from '../../../../src/host/endpoints/endpointLayout.ts';
import { groupEndpoints } from '../../../../src/host/endpoints/endpointOrder.ts';
import {
  costText,
  rowDescription,
  rowDetails,
  spokenRow,
} from '../../../../src/host/endpoints/endpointText.ts';
import { routeKey } from '../../../support/operationKeys.ts';

interface Numbers {
  readonly p95: number;
  readonly count?: number;
  readonly errors?: number;
}

function row(service: string, route: string, numbers?: Numbers): EndpointRow {
  const [method = '', path = ''] = route.split(' ');
  return {
    id: `${service} ${route}`,
    service,
    handler: undefined,
    key: routeKey(service, method, path),
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
      source: 'Local traces',
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
  it("lists a proxy's requests after the endpoints behind it, however slow, and before what has no requests", () => {
    const slow = row('traefik', 'DELETE', { p95: 9_000 });
    const ofProxy: EndpointRow = {
      ...slow,
      figures: slow.figures && { ...slow.figures, layer: 'proxy' },
    };
    const idle = row('idle-api', 'GET /idle');
    const services = groupEndpoints([idle, ofProxy, ...rows], 'p95', '').map(
      ({ service }) => service,
    );
    assert.deepEqual(services, ['shop-api', 'pricing-api', 'traefik', 'idle-api']);
  });

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

  const labels = (order: Parameters<typeof groupEndpoints>[1]) =>
    layOut(groupEndpoints(rows, order, ''), rows, order).flatMap((group) =>
      group.rows.map(({ label }) => label),
    );

  it('begins each row with what it is ordered by, one below the other', () => {
    assert.deepEqual(labels('count'), [
      '900\u2002GET /prices',
      '500\u2002GET /orders',
      '\u200710\u2002DELETE /orders/:id',
      'GET /health',
    ]);
    assert.ok(labels('p95').includes('\u2008\u200712 ms\u2002GET /orders'));
    assert.ok(labels('errors').includes('3\u2002GET /orders'));
  });

  it('leaves to the service what its routes begin with, also while a filter leaves some out', () => {
    const api = ['a', 'b/:id', 'c'].map((end) => row('api', `GET /api/v1/${end}`, { p95: 5 }));
    const [group] = layOut(groupEndpoints(api, 'count', 'c'), api, 'count');
    assert.equal(group?.prefix, '/api/v1');
    assert.deepEqual(
      group.rows.map(({ label }) => label),
      ['10\u2002GET …/c'],
    );
    const [whole] = layOut(groupEndpoints(api.slice(2), 'count', ''), api.slice(2), 'count');
    assert.deepEqual([whole?.prefix, whole?.rows[0]?.label], ['', '10\u2002GET /api/v1/c']);
  });

  it('gives the longest bar to the largest of all rows, and a third less to a tenth', () => {
    const slow = [row('a', 'GET /x', { p95: 2_000 }), row('b', 'GET /y', { p95: 20 })];
    const shares = layOut(groupEndpoints(slow, 'p95', ''), slow, 'p95').map(
      (group) => group.rows[0]!.share,
    );
    assert.equal(shares[0], 1);
    assert.ok(Math.abs(shares[1]! - 1 / 3) < 1e-9);
  });

  it('says all figures of a row, and of errors only where there are some', () => {
    const [prices, , orders] = rows;
    assert.ok(prices && orders);
    assert.equal(rowDescription(orders, 'p95', 60), '500 requests · 0.6% errors · 6 s in total');
    assert.equal(
      spokenRow(orders, 60, 'failing'),
      'GET /orders, p95 12 ms, 0.6% errors, 500 requests, 6 s in total',
    );
    assert.equal(
      spokenRow(prices, 60, 'calm'),
      'GET /prices, p95 30 ms, 900 requests, 27 s in total',
    );
    assert.match(spokenRow(prices, 60, 'slow'), /^GET \/prices, p95 30 ms, slow, /);
    const [health] = rows.slice(1);
    for (const order of ['p95', 'total', 'errors', 'count'] as const)
      for (const text of [rowDescription(prices, order, 60), ...rowDetails(prices)])
        assert.doesNotMatch(text, /\b0% errors/);
    assert.equal(spokenRow(health!, 60, 'calm'), 'GET /health, no traces in 1 h');
    const rare = row('a', 'GET /x', { p95: 1, count: 10_000, errors: 1 });
    assert.match(rowDescription(rare, 'p95', 60), / · <0\.1% errors · /);
  });

  it('puts rows whose total or errors are unknown after those that are known, and shows no figure for them', () => {
    const [a, b, c] = [10, 20, 30].map((p95, at) => row('a', `GET /${at}`, { p95, errors: at }));
    assert.ok(a?.figures && b && c?.figures);
    const sample = { count: 1, of: 5, share: 0.2 };
    const unknown = { ...a, figures: { ...a.figures, total: undefined, errors: undefined } };
    const sampled = { ...c, figures: { ...c.figures, errors: undefined, errorSample: sample } };
    const all = [unknown, b, sampled, row('a', 'GET /none')];
    const names = (order: Parameters<typeof groupEndpoints>[1]) =>
      groupEndpoints(all, order, '')[0]?.rows.map(({ key }) => key?.name);
    assert.deepEqual(names('total'), ['GET /2', 'GET /1', 'GET /0', 'GET /none']);
    assert.deepEqual(names('errors'), ['GET /2', 'GET /1', 'GET /0', 'GET /none']);
    const costs = all.slice(0, 3).map((one) => [costText(one, 'total'), costText(one, 'errors')]);
    assert.deepEqual(costs, [
      ['–', '–'],
      ['200 ms', '1'],
      ['300 ms', '20%'],
    ]);
    assert.equal(rowDescription(unknown, 'p95', 60), '10 requests');
    assert.match(rowDescription(sampled, 'p95', 60), / · 20% errors in a sample of 5 · /);
    assert.ok(rowDetails(unknown).includes("Errors aren't available from this source."));
  });

  it('says why an operation has no handler, and that a handler has no traces', () => {
    const [prices, health] = rows;
    assert.ok(prices && health);
    assert.ok(rowDetails(prices).includes('No handler has this route.'));
    assert.equal(rowDescription(health, 'p95', 60), 'no traces in 1 h');
  });

  it('shows hostile names as text, cut', () => {
    const hostile = { ...row('a', 'x', { p95: 1 }), key: undefined };
    const name = `\u202e<img>\u0000${'x'.repeat(1_000_000)}`;
    const one = { ...hostile, key: { kind: 'other', service: 'a', name } as const };
    const [group] = layOut([{ service: 'a', rows: [one] }], [one], 'p95');
    const { label = '' } = group?.rows[0] ?? {};
    assert.ok(label.length < 200);
    assert.ok(label.includes('[U+202E]<img>␀'));
  });
});

describe('rows by what their time is spent on', () => {
  const [fast, slow, unknown] = [20, 900, 500].map((p95, at) => row('a', `GET /${at}`, { p95 }));
  assert.ok(fast && slow && unknown);
  const all = [fast, slow, unknown];
  const kinds = new Map([
    [fast, { requests: 4, kinds: [{ kind: 'database', share: 1 }] }],
    [
      slow,
      {
        requests: 1,
        kinds: [
          { kind: 'http', share: 0.864 },
          { kind: 'code', share: 0.131 },
          { kind: 'database', share: 0.005 },
        ],
      },
    ],
  ] as const);

  it('begin with the time of all their requests, marked as an estimate, the most first', () => {
    const labels = layOut(groupEndpoints(all, 'database', '', kinds), all, 'database', kinds)
      .flatMap((group) => group.rows)
      .map(({ label }) => label.trim());
    assert.deepEqual(labels, ['≈200 ms\u2002GET /0', '≈45 ms\u2002GET /1', '–\u2002GET /2']);
    assert.equal(groupEndpoints(all, 'http', '', kinds)[0]?.rows[0], slow);
  });

  it('have no such time where the source knows no total, and none rather than nothing', () => {
    const totalless = { ...slow, figures: { ...slow.figures!, total: undefined } };
    assert.equal(costText(totalless, 'http', kinds.get(slow)), '–');
    assert.equal(costText(slow, 'cache', kinds.get(slow)), '0');
  });

  it('say their shares to a screen reader, and in the tooltip how many requests they rest on', () => {
    const shares = kinds.get(slow);
    assert.match(
      spokenRow(slow, 60, 'calm', shares),
      /, 86% outgoing HTTP, 13% code, 1% database$/,
    );
    assert.equal(rowDetails(slow, shares).at(-1), 'Time shares are based on 1 sampled request.');
    assert.match(rowDetails(fast, kinds.get(fast)).at(-1)!, /on 4 sampled requests\./);
    assert.doesNotMatch(rowDetails(slow).join('\n'), /shares/);
  });
});
