import assert from 'node:assert/strict';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped, one, shopIndex } from '../../../support/handMadeShop.ts';
import { mapSpans, noSourceMaps } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

describe('everything else', () => {
  it('is weak by a name of class and method, and says so', () => {
    assert.equal(one({ name: 'OrdersService.list' }), 'weak OrdersService.list 10');
  });

  it('is weakly the handler of the request, where it leaves the service below one', () => {
    const spans = [
      makeSpan({
        id: 'a',
        kind: 'server',
        duration: 90,
        attributes: { 'http.request.method': 'GET', 'http.route': '/api/orders' },
      }),
      makeSpan({ id: 'b', parent: 'a', start: 1, kind: 'client', name: 'GET' }),
    ];
    assert.equal(mapped(spans)[1], 'weak OrdersController.list 10');
  });

  it("is nobody's where another service made it, or no handler is above", () => {
    const attributes = { 'http.request.method': 'GET', 'http.route': '/api/orders' };
    const spans = [
      makeSpan({ id: 'a', kind: 'server', duration: 90, attributes }),
      makeSpan({ id: 'b', parent: 'a', start: 1, duration: 80, kind: 'server', service: 'other' }),
      makeSpan({ id: 'c', parent: 'b', start: 2, kind: 'client', service: 'other' }),
    ];
    assert.match(mapped(spans)[2] ?? '', /^unmapped: Outgoing call;/);
    assert.match(one({ kind: 'producer' }), /^unmapped: Message sent;/);
  });

  for (const [cause, sketch] of [
    ['framework', { name: 'prisma:client:disconnect' }],
    ['callNotAbove', { name: 'prisma:client:db_query' }],
    ['framework', { name: 'graphql.parse', scope: '@opentelemetry/instrumentation-graphql' }],
    ['framework', { name: 'tcp.connect', scope: '@opentelemetry/instrumentation-net' }],
    ['framework', { name: 'middleware - cors', attributes: { 'express.type': 'middleware' } }],
    ['otherDatabase', { kind: 'client', attributes: { 'db.system.name': 'redis' } }],
    ['unnamedRequest', { kind: 'server' }],
    ['undeclaredRoute', { kind: 'server', attributes: { 'http.route': '/metrics' } }],
    ['undeclaredRoute', { kind: 'server', attributes: { 'url.path': '/metrics' } }],
    ['notFound', { kind: 'server', attributes: { 'url.path': '/x', 'http.status_code': 404 } }],
    ['unknownFolder', { service: 'gate', kind: 'server', attributes: { 'http.route': '/x' } }],
    ['unnamedMessage', { kind: 'consumer' }],
    ['sending', { kind: 'producer' }],
    ['fileElsewhere', { attributes: { 'code.file.path': '/srv/app/gone.ts' } }],
    ['namesNoCode', { name: 'checkout' }],
  ] as const) {
    it(`has the cause ${cause} where a span says ${JSON.stringify(sketch)}`, () => {
      const [match] = mapSpans([makeSpan({ id: 'a', ...sketch })], shopIndex).matches;
      assert.ok(match?.confidence === 'unmapped');
      assert.equal(match.cause, cause);
    });
  }

  it('tells the request of a library from one that the code makes', () => {
    const aws = { 'rpc.system': 'aws-api' };
    const { matches } = mapSpans(
      [
        makeSpan({
          id: 'a',
          name: 'SQS.DeleteMessage',
          kind: 'client',
          duration: 9,
          attributes: aws,
        }),
        makeSpan({ id: 'b', parent: 'a', start: 1, name: 'POST', kind: 'client' }),
        makeSpan({ id: 'c', traceId: 'c', start: 20, name: 'POST', kind: 'client' }),
      ],
      shopIndex,
    );
    assert.deepEqual(
      matches.map((match) => match.confidence === 'unmapped' && match.cause),
      ['outgoing', 'framework', 'outgoing'],
    );
  });

  it('is unmapped with an empty index', () => {
    const empty = makeIndex({});
    const attributes = { 'http.request.method': 'GET', 'http.route': '/api/orders' };
    assert.match(one({ kind: 'server', attributes }, noSourceMaps, empty), /^unmapped/);
  });
});
