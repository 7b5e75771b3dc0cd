import assert from 'node:assert/strict';
import { callSiteFigures } from '../../../../src/core/correlate/calls/callSites.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { mapSpans, noSourceMaps } from '../../../support/mapTrace.ts';
import { nestLayers } from '../../../support/prismaSpans.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

/** `OrdersController.pay` leads to `Payments.charge`, nothing to `Jobs.run`; `Other` is of another service. */
const index = (
  charge: readonly string[],
  more: { readonly jobs?: readonly string[]; readonly elsewhere?: readonly string[] } = {},
) =>
  makeIndex({
    '/shop/shop-api': {
      services: ['shop-api'],
      files: {
        'src/orders.ts': {
          OrdersController: { pay: { at: 5, route: 'POST /pay', calls: ['Payments.charge'] } },
          Payments: { charge: { at: 10, to: 30, spans: charge } },
          Jobs: { run: { at: 40, to: 60, spans: more.jobs ?? [] } },
        },
      },
    },
    '/shop/other-api': {
      services: ['other-api'],
      files: { 'src/other.ts': { Other: { run: { at: 5, spans: more.elsewhere ?? [] } } } },
    },
  });

const place = (code: ReturnType<typeof index>, sketch: Partial<SpanSketch>): string => {
  const span = makeSpan({ id: 'own', parent: 'handler', start: 10, duration: 5, ...sketch });
  return mapped([...nestLayers('OrdersController', 'pay'), span], noSourceMaps, code).at(-1)!;
};

describe('spans that the team starts itself', () => {
  it('are strong where one place of the service starts that name, reached from the handler or not', () => {
    assert.equal(
      place(index(['charge@12']), { name: 'charge' }),
      'strong span charge in Payments.charge 12',
    );
    const job = index([], { jobs: ['nightly@42'], elsewhere: ['nightly@6'] });
    assert.equal(place(job, { name: 'nightly' }), 'strong span nightly in Jobs.run 42');
  });

  it('may be of any kind, whatever else is recorded on them', () => {
    for (const kind of ['client', 'server', 'producer', 'consumer', 'unspecified'] as const) {
      const attributes = { 'peer.service': 'bank' };
      assert.match(
        place(index(['charge@12']), { name: 'charge', kind, attributes }),
        /^strong span charge/,
        kind,
      );
    }
  });

  it('may have names with parts that only the running program knows; the written name goes first', () => {
    const code = index(['charge *@12', 'charge EUR@14', '*@16']);
    assert.match(place(code, { name: 'charge USD', scope: 'shop' }), /^strong .* 12$/);
    assert.match(place(code, { name: 'charge EUR', scope: 'shop' }), /^strong .* 14$/);
  });

  it('are the one below the handler, likely where it has several', () => {
    const both = index(['charge@12'], { jobs: ['charge@42'] });
    assert.match(place(both, { name: 'charge' }), /^strong .* 12$/);
    assert.match(
      place(index(['charge@12', 'charge@14']), { name: 'charge' }),
      /^likely .* 12 \+1$/,
    );
  });

  it("are of the call whose tracer is their scope, never of another tracer's", () => {
    const code = index(['charge@12 of orders', 'charge@14 of payments', 'refund@16 of orders']);
    assert.match(place(code, { name: 'charge', scope: 'payments' }), /^strong .* 14$/);
    assert.match(place(code, { name: 'refund', scope: 'bank-sdk' }), /^weak OrdersController/);
    assert.match(place(code, { name: 'refund' }), /^strong .* 16$/);
  });

  it('whose name is set at run time are likely of the only such call, and of none where they have no scope', () => {
    const code = index(['?@12 of orders']);
    const likely = 'likely span charge in Payments.charge 12';
    assert.equal(place(code, { name: 'charge', scope: 'orders' }), likely);
    assert.doesNotMatch(place(code, { name: 'charge' }), / 12/);
    const several = index(['?@12 of orders', '*.*@14 of orders']);
    assert.equal(place(several, { name: 'a.b', scope: 'orders' }), 'weak Payments.charge 10');
  });

  it('are never those of instrumentation, by their scope or by what it records', () => {
    const code = index(['GET@12', 'prisma:client:operation@14', '?@16', 'charge@18']);
    for (const sketch of [
      { name: 'GET', kind: 'client', scope: '@opentelemetry/instrumentation-http' },
      { name: 'charge', scope: '@opentelemetry/instrumentation-express' },
      { name: 'charge', scope: 'prisma' },
      { name: 'charge', attributes: { 'express.type': 'middleware' } },
      { name: 'charge', scope: 'orders', attributes: { 'nestjs.type': 'guard' } },
      { name: 'charge', scope: 'orders', attributes: { 'bullmq.queue.name': 'pay' } },
    ] as const) {
      assert.doesNotMatch(place(code, sketch), /Payments/, sketch.scope);
    }
  });

  it('count as calls of their line, those within one another of the same line once', () => {
    const code = index(['charge@12', 'check@14']);
    const spans = ['a', 'b'].flatMap((id) => [
      makeSpan({ id, parent: 'handler', name: 'charge', scope: 'orders', duration: 7 }),
      makeSpan({ id: `${id}1`, parent: id, name: 'check', scope: 'orders', duration: 3 }),
    ]);
    const mappedTrace = mapSpans([...nestLayers('OrdersController', 'pay'), ...spans], code);
    const figures = [...callSiteFigures([mappedTrace])].map(
      ([id, { calls, maxPerRequest, total }]) => [id.split(':')[1], calls, maxPerRequest, total],
    );
    assert.deepEqual(figures, [
      ['12', 2, 2, 14],
      ['14', 2, 2, 6],
    ]);
  });
});
