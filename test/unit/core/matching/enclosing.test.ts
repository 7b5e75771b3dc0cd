import assert from 'node:assert/strict';
import { callSiteFigures } from '../../../../src/core/correlate/calls/callSites.ts';
import { ReportTally } from '../../../../src/core/correlate/report/reportTally.ts';
import { isMatch } from '../../../../src/core/matching/match.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex, type MethodSketch } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { nestLayers, prismaOperation } from '../../../support/prismaSpans.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

type Methods = Readonly<Record<string, Partial<MethodSketch>>>;

/** `Orders.remove` is the handler; what it and the others call is given by their names. */
function shop(methods: Methods) {
  const files: Record<string, Record<string, Record<string, MethodSketch>>> = { 'src/a.ts': {} };
  for (const [at, [name, sketch]] of Object.entries(methods).entries()) {
    const [className, method] = name.split('.') as [string, string];
    const route = name === 'Orders.remove' ? { route: 'DELETE /orders/:id' } : {};
    const place = { at: (at + 1) * 10, to: (at + 1) * 10 + 8 };
    (files['src/a.ts']![className] ??= {})[method] = { ...place, ...route, ...sketch };
  }
  return makeIndex({ '/shop/shop-api': { services: ['shop-api'], files } });
}

const outgoing = (sketch: Partial<SpanSketch> = {}) =>
  makeSpan({ id: 'out', parent: 'handler', start: 10, kind: 'client', name: 'ask', ...sketch });

/** What the span is matched to, and why. */
function placed(methods: Methods, span: RawSpan, between: readonly RawSpan[] = []) {
  const spans = [...nestLayers('Orders', 'remove'), ...between, span];
  const { trace, matches } = mapSpans(spans, shop(methods));
  const match = matches[trace.spans.indexOf(span)]!;
  assert.ok(isMatch(match), match.reason);
  assert.equal(match.confidence, 'weak');
  assert.equal(match.callId ?? match.handlerId, undefined);
  return `${match.symbol} (${match.inside ?? '-'}): ${match.reason}`;
}

const inside = (symbol: string, cause = 'outgoing', what = 'Outgoing call made') =>
  `${symbol} (${cause}): ${what} somewhere inside ${symbol}; the exact line isn't recorded.`;

describe('a span that no call explains', () => {
  it('is inside the only method below its handler that asks a package for anything', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove'] },
      'Service.remove': { calls: ['Tax.rate', 'Service.check'] },
      'Service.check': {},
      'Tax.rate': { packages: true },
    } as const;
    assert.equal(placed(methods, outgoing()), inside('Tax.rate'));
  });

  it('is inside the method that all of several lead back to', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove', 'Service.check'] },
      'Service.check': {},
      'Service.remove': { calls: ['Tax.rate', 'Mail.send'] },
      'Tax.rate': { packages: true },
      'Mail.send': { calls: ['Tax.rate'], packages: true },
    } as const;
    assert.equal(placed(methods, outgoing()), inside('Service.remove'));
  });

  it('is inside the handler where nothing smaller must have made it', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove', 'Mail.send'] },
      'Service.remove': { packages: true },
      'Mail.send': { packages: true },
    } as const;
    assert.equal(placed(methods, outgoing()), inside('Orders.remove'));
    assert.equal(placed({ 'Orders.remove': {} }, outgoing()), inside('Orders.remove'));
  });

  it('is inside code that has a call of its kind, before code that calls other packages', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove', 'Mail.send'] },
      'Service.remove': { calls: ['Tax.rate', 'Tax.year'] },
      'Tax.rate': { http: ['? @42'] },
      'Tax.year': { http: ['? @52'] },
      'Mail.send': { packages: true },
    } as const;
    const get = outgoing({ attributes: { 'http.request.method': 'GET', 'url.full': 'http://t/' } });
    assert.equal(placed(methods, get), inside('Service.remove'));
    const open = { ...methods, 'Mail.send': { open: true } } as const;
    assert.equal(placed(open, get), inside('Orders.remove'));
  });

  it('is inside the method of the nearest span above that names one', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove', 'Mail.send'] },
      'Service.remove': { spans: ['removing@25'], packages: true },
      'Mail.send': { packages: true },
    } as const;
    const own = makeSpan({ id: 'own', parent: 'handler', name: 'removing' });
    const span = outgoing({ parent: 'own' });
    assert.equal(placed(methods, span, [own]), inside('Service.remove'));
  });

  it('is looked for further up where a function that is handed on made it', () => {
    const methods = {
      'Orders.remove': { calls: ['Tracing.within', 'Service.remove'] },
      'Tracing.within': { spans: ['run *@25'] },
      'Service.remove': { packages: true },
    } as const;
    const own = makeSpan({ id: 'own', parent: 'handler', name: 'run remove' });
    const span = outgoing({ parent: 'own' });
    assert.equal(placed(methods, span, [own]), inside('Service.remove'));
  });

  it("is a guard's where only that may have made it, and of the request where both may", () => {
    const methods = (remove: Partial<MethodSketch>): Methods => ({
      'Orders.remove': { ...remove, after: ['Guard.canActivate'] },
      'Guard.canActivate': { packages: true },
    });
    const before = outgoing({ parent: 'request' });
    assert.equal(placed(methods({}), before), inside('Guard.canActivate'));
    assert.match(
      placed(methods({ packages: true }), before),
      /^Orders\.remove .*by it or by a guard, interceptor or middleware/,
    );
  });

  it('may be sent, asked of a database, or made within the process', () => {
    const methods = { 'Orders.remove': { calls: ['A.b'] }, 'A.b': { packages: true } } as const;
    const database = outgoing({ attributes: { 'db.system': 'redis' } });
    assert.equal(placed(methods, database), inside('A.b', 'otherDatabase', 'Database call made'));
    const sent = outgoing({ kind: 'producer' });
    assert.equal(placed(methods, sent), inside('A.b', 'sending', 'Message sent'));
    const internal = outgoing({ kind: 'internal', scope: 'some-sdk' });
    assert.equal(placed(methods, internal), inside('A.b', 'namesNoCode', 'Made'));
  });

  it('is inside the method whose calls ran just before and just after it, one below the other', () => {
    const methods = {
      'Orders.remove': { calls: ['Service.remove', 'Mail.send'] },
      'Service.remove': {
        calls: ['Tax.rate'],
        prisma: ['Order.findMany@21', 'Item.deleteMany@25'],
      },
      'Mail.send': { packages: true, prisma: ['Log.create@32'] },
      'Tax.rate': { packages: true },
    } as const;
    const at = (first: string, last: string) =>
      placed(methods, outgoing({ start: 3_000, duration: 1_000, id: 'z' }), [
        prismaOperation('a', 'handler', 0, first, 1_000),
        prismaOperation('b', 'handler', 6_000, last, 1_000),
      ]);
    assert.equal(
      at('Order.findMany', 'Item.deleteMany'),
      `${inside('Tax.rate')} It ran between two calls of Service.remove.`,
    );
    assert.equal(at('Item.deleteMany', 'Order.findMany'), inside('Orders.remove'));
    assert.equal(at('Order.findMany', 'Log.create'), inside('Orders.remove'));
    assert.equal(
      placed(methods, outgoing({ start: 3_000, duration: 9_000 }), [
        prismaOperation('a', 'handler', 0, 'Order.findMany', 1_000),
        prismaOperation('b', 'handler', 6_000, 'Item.deleteMany', 1_000),
      ]),
      inside('Orders.remove'),
    );
  });

  it("is not of a handler above another service's spans", () => {
    const code = shop({ 'Orders.remove': { packages: true } });
    const spans = [...nestLayers('Orders', 'remove'), outgoing({ service: 'other' })];
    assert.equal(mapSpans(spans, code).matches.at(-1)!.confidence, 'unmapped');
  });

  it('ends where calls go round in circles', () => {
    const methods = {
      'Orders.remove': { calls: ['A.a'] },
      'A.a': { calls: ['A.b'] },
      'A.b': { calls: ['A.a', 'Orders.remove', 'A.c'] },
      'A.c': { calls: ['A.b'], packages: true },
    } as const;
    assert.equal(placed(methods, outgoing()), inside('A.c'));
  });

  it('adds no figures to a call or a line, and counts as not mapped in the report', () => {
    const code = shop({ 'Orders.remove': { calls: ['A.b'] }, 'A.b': { http: ['? @21', '? @22'] } });
    const attributes = { 'http.request.method': 'GET', 'url.full': 'http://t/' };
    const mapped = mapSpans([...nestLayers('Orders', 'remove'), outgoing({ attributes })], code);
    assert.equal(callSiteFigures([mapped]).size, 0);
    const tally = new ReportTally(undefined);
    tally.add(mapped.trace, mapped.matches, code);
    const { mapped: lines, weak, spans, services } = tally.report(code, new Map());
    assert.deepEqual([spans, lines, weak], [3, 2, 0]);
    const { causes } = services[0]!.sorts.find(({ sort }) => sort === 'outgoing')!;
    assert.deepEqual(
      causes.map(({ cause, reasons }) => [cause, reasons[0]!.reason]),
      [['outgoing', "Outgoing call made somewhere inside A.b; the exact line isn't recorded."]],
    );
  });
});
