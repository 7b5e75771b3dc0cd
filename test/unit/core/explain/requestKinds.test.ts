import assert from 'node:assert/strict';
import fc from 'fast-check';

import { kindShares, kindsByOperation } from '../../../../src/core/explain/requestKinds.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const request = (route: string, sketch: SpanSketch) =>
  makeSpan({
    name: `GET ${route}`,
    kind: 'server',
    attributes: { 'http.request.method': 'GET', 'http.route': route },
    ...sketch,
  });
const kindsOf = (...traces: readonly (readonly RawSpan[])[]) =>
  kindsByOperation(traces.map((spans) => buildTrace(spans).trace));
const database = { kind: 'client', attributes: { 'db.system': 'postgresql' } } as const;

const orders = [
  request('/orders', { id: 'a', duration: 1_000 }),
  makeSpan({ id: 'b', parent: 'a', start: 100, duration: 600, kind: 'client' }),
  makeSpan({ id: 'c', parent: 'a', start: 700, duration: 200, ...database }),
];
const route = { kind: 'http', service: 'shop-api', name: '', route: '/orders' } as const;

describe('what requests of an operation spend their time on', () => {
  it('is the critical path of those that were sampled, by kind, largest first', () => {
    const shares = kindShares([route], kindsOf(orders, orders));
    assert.deepEqual(shares, {
      requests: 2,
      kinds: [
        { kind: 'http', share: 0.6 },
        { kind: 'code', share: 0.2 },
        { kind: 'database', share: 0.2 },
      ],
    });
  });

  it('is counted for a request inside another as well, for each its own', () => {
    const inside = [
      request('/carts', { id: 'z', duration: 2_000 }),
      makeSpan({ id: 'y', parent: 'z', duration: 1_500, kind: 'client' }),
      request('/orders', { id: 'a', parent: 'y', start: 100, duration: 1_000 }),
    ];
    const kinds = kindsOf(inside);
    assert.deepEqual(kindShares([route], kinds)?.kinds, [{ kind: 'code', share: 1 }]);
    assert.deepEqual(kindShares([{ ...route, route: '/carts' }], kinds)?.kinds, [
      { kind: 'code', share: 0.75 },
      { kind: 'http', share: 0.25 },
    ]);
  });

  it('is of no other operation, and nothing where none was sampled or took any time', () => {
    const kinds = kindsOf(orders, [request('/idle', { id: 'a' })]);
    assert.equal(kindShares([{ ...route, route: '/other' }], kinds), undefined);
    assert.equal(kindShares([{ ...route, route: '/idle' }], kinds), undefined);
    assert.equal(kindShares([], kinds), undefined);
  });

  it('adds up to the whole, whatever overlaps', () => {
    const child = fc.record({
      start: fc.nat(2_000),
      duration: fc.nat(2_000),
      parent: fc.nat(8),
      kind: fc.constantFrom('client', 'internal', 'producer', 'server'),
      isDatabase: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(child, { maxLength: 8 }), (children) => {
        const spans = children.map(({ isDatabase, parent, ...times }, at) =>
          makeSpan({
            ...times,
            id: String(at + 1),
            parent: String(Math.min(parent, at)),
            ...(isDatabase && { attributes: { 'db.system': 'mysql' } }),
          }),
        );
        const shares = kindShares(
          [route],
          kindsOf([request('/orders', { id: '0', duration: 1_000 }), ...spans]),
        );
        const sum = shares!.kinds.reduce((all, { share }) => all + share, 0);
        assert.ok(Math.abs(sum - 1) < 1e-9);
      }),
    );
  });

  it('takes bounded work where requests are nested without end', () => {
    const spans = Array.from({ length: 3_000 }, (_, at) =>
      request('/orders', {
        id: String(at),
        parent: at === 0 ? undefined : String(at - 1),
        duration: 10_000 - at,
      }),
    );
    const [kinds] = kindsOf(spans);
    assert.equal(kinds?.requests, 20);
  });
});
