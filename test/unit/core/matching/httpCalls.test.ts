import assert from 'node:assert/strict';
import { callSiteFigures } from '../../../../src/core/correlate/calls/callSites.ts';
import { costPlaceOf } from '../../../../src/core/explain/costPlace.ts';
import { clientRequestOf } from '../../../../src/core/matching/calls/http/clientRequest.ts';
import type { AttributeValue, RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { mapSpans, noSourceMaps } from '../../../support/mapTrace.ts';
import { nestLayers } from '../../../support/prismaSpans.ts';
import { makeSpan } from '../../../support/span.ts';

/** One handler, `OrdersController.get`, that calls `Tax.rateOf`; `Other.run` isn't reached; a guard runs before it. */
const index = (
  http: readonly string[],
  more: {
    readonly other?: readonly string[];
    readonly guard?: readonly string[];
    open?: true;
  } = {},
) =>
  makeIndex({
    '/shop/shop-api': {
      services: ['shop-api'],
      files: {
        'src/orders.ts': {
          OrdersController: {
            get: {
              at: 5,
              route: 'GET /orders',
              calls: ['Tax.rateOf'],
              after: ['Guard.canActivate'],
            },
          },
          Tax: { rateOf: { at: 10, to: 30, http, ...(more.open && { open: true }) } },
          Guard: { canActivate: { at: 35, to: 38, http: more.guard ?? [] } },
          Other: { run: { at: 40, to: 60, http: more.other ?? [] } },
        },
      },
    },
  });

type Attributes = Readonly<Record<string, AttributeValue>>;

const request = (attributes: Attributes, parent = 'handler', id = 'out') =>
  makeSpan({ id, parent, start: 10, duration: 5, kind: 'client', name: 'GET', attributes });

const asked = (method: string, url: string): Attributes => ({
  'http.request.method': method,
  'url.full': url,
});

const place = (code: ReturnType<typeof index>, span: RawSpan): string =>
  mapped([...nestLayers('OrdersController', 'get'), span], noSourceMaps, code).at(-1)!;

const rates = asked('GET', 'https://tax.example/rates/DE?year=2026');

describe("HTTP clients' spans", () => {
  it('are of the only call below their handler that asks for their URL', () => {
    const code = index(['GET https://tax.example/rates/*@12', 'GET https://tax.example/years@14']);
    assert.equal(place(code, request(rates)), 'strong GET tax.example/rates/* in Tax.rateOf 12');
  });

  it('are told by the names of before as well, and by host and path where there is no URL', () => {
    const code = index(['GET http://tax.example:3002/rates/*@12']);
    const old = { 'http.method': 'GET', 'http.url': 'http://tax.example:3002/rates/DE' };
    const parts = {
      'http.request.method': 'GET',
      'server.address': 'tax.example',
      'server.port': 3002,
      'url.path': '/rates/DE',
    };
    for (const attributes of [old, parts]) {
      assert.match(place(code, request(attributes)), /^strong .* 12$/);
    }
  });

  it('are not of a call with another method, path or number of parts', () => {
    for (const call of [
      'POST https://tax.example/rates/*',
      'GET https://tax.example/rates',
      'GET https://tax.example/*/rates',
    ])
      assert.match(
        place(index([`${call}@12`]), request(rates)),
        /^weak OrdersController.get /,
        call,
      );
  });

  it('are of the call whose path is written out rather than of one with an open part', () => {
    const code = index([
      'GET https://tax.example/rates/*@12',
      'GET https://tax.example/rates/DE@14',
    ]);
    assert.match(place(code, request(rates)), /^strong .* 14$/);
  });

  it('are of the call below an unknown base whose end they have', () => {
    const url = asked('GET', 'https://tax.example/api/v1/rates/DE');
    assert.match(place(index(['GET /rates/*@12']), request(url)), /^strong .* 12$/);
    assert.match(place(index(['GET rates/*@12']), request(url)), /^strong .* 12$/);
    assert.match(place(index(['GET */v1/rates/*@12']), request(url)), /^strong .* 12$/);
  });

  it('are of a call whose host is the one of this machine, for that is only a default', () => {
    const code = index(['GET http://127.0.0.1:3002/rates/*@12']);
    assert.match(place(code, request(rates)), /^strong .* 12$/);
  });

  it('name the address that was asked for, where the host in the code is only a default', () => {
    const span = request(asked('GET', 'https://tax.example/api/rates/DE'));
    for (const host of ['127.0.0.1:3002', 'tax.test'])
      assert.match(
        place(index([`GET http://${host}/api/rates/*@12`]), span),
        / GET tax\.example\/api\/rates\/\* in Tax\.rateOf 12$/,
      );
    assert.doesNotMatch(place(index(['GET */rates/*@12']), span), /tax\.example/);
  });

  it('count as one call whatever host was asked', () => {
    const code = index(['GET http://localhost:3002/rates/*@12']);
    const hosts = ['localhost:3002', 'tax.example', 'tax.test'];
    const spans = hosts.map((host, at) =>
      request(asked('GET', `http://${host}/rates/DE`), 'handler', `out${String(at)}`),
    );
    const { trace, matches } = mapSpans([...nestLayers('OrdersController', 'get'), ...spans], code);
    const keys = matches.flatMap((match, row) => {
      const span = trace.spans[row];
      return span?.kind === 'client' ? [costPlaceOf(span, match).key] : [];
    });
    assert.equal(keys.length, hosts.length);
    assert.equal(new Set(keys).size, 1);
  });

  it('name the address as the code has it, where both mean this machine', () => {
    const span = request(asked('GET', 'http://localhost:40157/rates/DE'));
    assert.match(
      place(index(['GET http://127.0.0.1:3002/rates/*@12']), span),
      /GET 127\.0\.0\.1:3002\/rates\/\* in/,
    );
  });

  it('are likely of one whose path is set at run time below a host, on that host', () => {
    assert.match(place(index(['? https://tax.example*@12']), request(rates)), /^likely .* 12$/);
    assert.match(place(index(['? http://localhost:3002*@12']), request(rates)), /^likely .* 12$/);
    assert.match(place(index(['? https://other.example*@12']), request(rates)), /^weak/);
  });

  it('are likely of several that fit, of one with another host, and of one whose URL is open', () => {
    const several = index(['GET /rates/*@12', 'GET /rates/*@14']);
    assert.match(place(several, request(rates)), /^likely .* 12 \+1$/);
    const elsewhere = index(['GET https://tax.test/rates/*@12']);
    assert.match(place(elsewhere, request(rates)), /^likely .* 12$/);
    assert.match(place(index(['? @12']), request(rates)), /^likely .* 12$/);
  });

  it('are likely where the code that runs is not known, and another call of the service fits', () => {
    const other = ['GET /rates/*@42'];
    assert.match(
      place(index(['GET /rates/*@12'], { other, open: true }), request(rates)),
      /^likely/,
    );
    assert.match(place(index(['GET /rates/*@12'], { other }), request(rates)), /^strong/);
    assert.match(place(index(['GET /rates/*@12'], { open: true }), request(rates)), /^strong/);
  });

  it("of the request, but not of the handler's own run are likely, a guard's call among them", () => {
    const code = index([], { guard: ['GET /rates/*@36'] });
    assert.match(place(code, request(rates, 'request')), /^likely .* in Guard.canActivate 36$/);
  });

  it('below no handler that leads there are likely of the only call of the service', () => {
    const code = index([], { other: ['GET https://tax.example/rates/*@42'] });
    assert.match(place(code, request(rates)), /^likely .* in Other.run 42$/);
    assert.match(place(index([], { other: ['? @42'] }), request(rates)), /^weak OrdersController/);
  });

  it('that a library makes for its own call are not of the code', () => {
    const code = index(['? @12']);
    const sdk = makeSpan({
      id: 'sdk',
      parent: 'handler',
      kind: 'client',
      attributes: { 'rpc.system': 'aws-api' },
    });
    const spans = [...nestLayers('OrdersController', 'get'), sdk, request(rates, 'sdk')];
    assert.equal(mapped(spans, noSourceMaps, code).at(-1)!, 'weak Tax.rateOf 10');
  });

  it('count as calls of their line, once for each request', () => {
    const code = index(['GET https://tax.example/rates/*@12']);
    const server = makeSpan({ id: 'server', kind: 'server' });
    const spans = [
      server,
      ...nestLayers('OrdersController', 'get').map((span) => ({
        ...span,
        parentSpanId: span.parentSpanId ?? 'server',
      })),
      ...['a', 'b', 'c'].map((id) => request(rates, 'handler', id)),
    ];
    const [figures] = callSiteFigures([mapSpans(spans, code)]).values();
    assert.deepEqual([figures?.calls, figures?.maxPerRequest], [3, 3]);
  });

  it('are not those of a server, a database or anything without a method', () => {
    const server = makeSpan({ id: 'a', kind: 'server', attributes: rates });
    const database = makeSpan({ id: 'a', kind: 'client', attributes: { 'db.system': 'redis' } });
    assert.deepEqual([server, database].map(clientRequestOf), [undefined, undefined]);
  });
});
