import assert from 'node:assert/strict';
import { callRuns } from '../../../../../src/core/correlate/calls/callRuns.ts';
import { callSiteFigures } from '../../../../../src/core/correlate/calls/callSites.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { prismaOperation } from '../../../../support/prismaSpans.ts';
import { makeSpan } from '../../../../support/span.ts';

const index = makeIndex({
  '/w/pricing-api': {
    services: ['pricing-api'],
    files: { 'src/quotes.ts': { Quotes: { create: { at: 5, prisma: ['Quote.create@6'] } } } },
  },
});
const pricing = { service: 'pricing-api', attributes: [] };

/** A request of the pricing service, with calls in it. */
function answer(id: string, parent: string | undefined, calls: number, kind: RawSpan['kind']) {
  const server = makeSpan({ id, parent, start: 1, duration: 90, kind, service: 'pricing-api' });
  const inside = Array.from({ length: calls }, (_, at) => ({
    ...prismaOperation(`${id}-${at}`, id, 2 + at, 'Quote.create'),
    resource: pricing,
  }));
  return [server, ...inside];
}

const shop = makeSpan({ id: 'shop', kind: 'server', duration: 100, service: 'shop-api' });
const asked = (id: string) =>
  makeSpan({ id, parent: 'shop', duration: 95, kind: 'client', service: 'shop-api' });
const figuresOf = (spans: readonly RawSpan[]) =>
  [...callSiteFigures([mapSpans(spans, index)]).values()][0]!;

describe('callRuns', () => {
  it('count for each request of the service, of which a trace may hold many', () => {
    const spans = [shop];
    for (const id of ['a', 'b', 'c'])
      spans.push(asked(`to-${id}`), ...answer(id, `to-${id}`, 1, 'server'));
    const { calls, requests, maxPerRequest } = figuresOf(spans);
    assert.deepEqual([calls, requests, maxPerRequest], [3, 3, 1]);
  });

  it('count for each message that is handled', () => {
    const spans = [
      shop,
      ...answer('a', 'shop', 2, 'consumer'),
      ...answer('b', 'shop', 4, 'consumer'),
    ];
    const { calls, requests, maxPerRequest } = figuresOf(spans);
    assert.deepEqual([calls, requests, maxPerRequest], [6, 2, 4]);
  });

  it("count for each call of a service that has no server's spans", () => {
    const spans = [shop];
    for (const id of ['a', 'b', 'c'])
      spans.push(asked(`to-${id}`), ...answer(id, `to-${id}`, 2, 'internal'));
    const { calls, requests, maxPerRequest } = figuresOf(spans);
    assert.deepEqual([calls, requests, maxPerRequest], [6, 3, 2]);
  });

  it('count for the request above where the calls alone are under another name', () => {
    const [server] = answer('a', undefined, 0, 'server');
    const api = { ...server!, resource: { service: 'pricing', attributes: [] } };
    const work = { ...api, spanId: 'work', parentSpanId: 'a', kind: 'internal' } as const;
    const calls = answer('work', 'a', 4, 'internal').slice(1);
    assert.equal(figuresOf([api, work, ...calls]).maxPerRequest, 4);
  });

  it('count for the trace where no request of the service is above', () => {
    const spans = [
      makeSpan({ id: 'cron', duration: 100, service: 'pricing-api' }),
      ...answer('a', 'cron', 3, 'internal'),
    ];
    assert.equal(figuresOf(spans).maxPerRequest, 3);
    assert.equal(figuresOf([shop, ...answer('b', 'shop', 2, 'internal')]).requests, 1);
  });

  it('are calls, not their queries, wherever these hang', () => {
    const [server, one, two] = answer('a', undefined, 2, 'server');
    const query = makeSpan({
      id: 'q',
      parent: one!.spanId,
      start: 3,
      duration: 1,
      name: 'prisma:client:db_query',
      attributes: { 'db.query.text': 'INSERT INTO "Quote" (id) VALUES ($1)' },
    });
    const runs = callRuns(mapSpans([server!, one!, two!, query], index));
    assert.equal(runs.length, 2);
    assert.deepEqual(new Set(runs.map(({ request }) => request)), new Set([0]));
  });
});
