import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import { behindSentences } from '../../../../../src/core/correlate/behind/behindText.ts';
import {
  endpointsBehind,
  isAsked,
  type EndpointBehind,
  type KnownRequests,
} from '../../../../../src/core/correlate/behind/endpointsBehind.ts';
import { parseQuestion } from '../../../../../src/core/correlate/behind/question.ts';
import { seenQuestions } from '../../../../../src/core/correlate/behind/questions.ts';
import { sampledRequests } from '../../../../../src/core/correlate/behind/sampledRequests.ts';
import { endpointRows } from '../../../../../src/core/correlate/endpoints/endpoints.ts';
import { figuresFromTraces } from '../../../../../src/core/correlate/figures/figuresFromTraces.ts';
import type { FiguresAnswer } from '../../../../../src/core/ports.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { shopIndex as index } from '../../../../support/handMadeShop.ts';
import { foldersOf, mapSpans } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';
import { behindTraefik, traefikDelete, traefikTraces } from '../../../../support/traefik.ts';

let last = 0;
/** A request of shop-api, its duration in ms; each is a trace of its own. */
function request(method: string, route: string, duration: number, status = 200): RawSpan {
  const id = (last += 1).toString(16).padStart(16, '0');
  return makeSpan({
    id,
    traceId: id.padStart(32, 'c'),
    name: `${method} ${route}`,
    kind: 'server',
    duration: duration * 1_000,
    status: status >= 500 ? 'error' : 'unset',
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
    },
  });
}

const remove = (duration: number, status?: number) =>
  request('DELETE', '/api/orders/:id', duration, status);
/** Behind the recorded Traefik's router shop@file, in a trace of its own. */
const routed = (one: RawSpan) => {
  const spans = behindTraefik([one]);
  return spans.map((span) => ({ ...span, traceId: one.traceId }));
};

const window = { start: epochMicroseconds(0), end: epochMicroseconds(2 ** 52) };

/** @param sampled of these traces; the rest is counted all the same */
function knownOf(
  traces: readonly (readonly RawSpan[])[],
  sampled: readonly (readonly RawSpan[])[] = traces,
): KnownRequests {
  const folders = foldersOf(traces.flat(), index);
  const figures: FiguresAnswer = {
    operations: figuresFromTraces(traces, window),
    window,
    basis: 'complete',
    sampledTraces: undefined,
    dropped: [],
    droppedCount: 0,
    complete: true,
    reason: '',
    fetchedAt: epochMicroseconds(0),
  };
  return {
    figures,
    endpoints: endpointRows(figures, index, folders, 'Local traces'),
    sample: sampled.flatMap((spans) => sampledRequests(mapSpans(spans, index))),
    index,
    folders,
    source: 'Local traces',
  };
}

const named = ({ endpoint: { handler, key } }: EndpointBehind) =>
  handler ? `${handler.controller}.${handler.handler}` : `no code: ${key?.name ?? ''}`;

/** `OrdersController.remove 75% ×2`, and ` through 1/2` where not all came so. */
const ask = (asked: string, known: KnownRequests) =>
  endpointsBehind(parseQuestion(asked)!, known).map((one) => {
    const share = one.share === undefined ? '?' : `${Math.round(one.share * 100)}%`;
    const through = one.through ? ` through ${one.through.count}/${one.through.of}` : '';
    return `${named(one)} ${share} ×${one.endpoint.figures?.count ?? 0}${through}`;
  });

describe('the endpoints behind a question', () => {
  it('by method are those with requests of it, by the time they took, whatever passed them on', () => {
    const known = knownOf([
      routed(remove(2_450)),
      routed(remove(50)),
      [request('DELETE', '/api/files/{*path}', 2_500)],
      [request('GET', '/api/orders/:id', 9_000)],
    ]);
    assert.deepEqual(ask('DELETE', known), [
      'OrdersController.remove 50% ×2',
      'no code: DELETE /api/files/{*path} 50% ×1',
    ]);
    assert.deepEqual(ask('delete', known), ask('DELETE', known));
    assert.deepEqual(ask('PATCH', known), []);
  });

  it('count of a handler of every method only the requests of that method', () => {
    const known = knownOf([
      [request('DELETE', '/api/orders/any', 10)],
      [request('GET', '/api/orders/any', 500)],
    ]);
    assert.deepEqual(ask('DELETE', known), ['OrdersController.any 100% ×1']);
  });

  it('by status are those of the sampled requests that were answered so, here or by a proxy', () => {
    const timedOut = routed(remove(30_000)).map((span) =>
      span.scope.includes('traefik') && span.kind === 'server'
        ? {
            ...span,
            attributes: [
              { key: 'http.request.method', value: 'DELETE' },
              { key: 'http.response.status_code', value: 504 },
            ],
          }
        : span,
    );
    const known = knownOf([
      timedOut,
      [remove(100, 500)],
      [remove(5)],
      [request('GET', '/health', 1, 500)],
    ]);
    assert.deepEqual(ask('DELETE 500', known), ['OrdersController.remove 100% ×1']);
    assert.deepEqual(ask('DELETE 504', known), ['OrdersController.remove 100% ×1']);
    assert.deepEqual(ask('5xx', known), [
      'OrdersController.remove 100% ×2',
      'HealthController.check 0% ×1',
    ]);
    assert.deepEqual(ask('404', known), []);
  });

  it('behind a router or service have their own figures, and say how many of a sample came through it', () => {
    const traces = [
      routed(remove(100)),
      routed(request('GET', '/api/orders', 300)),
      [remove(100)],
      [remove(100)],
    ];
    const known = knownOf([...traces, [remove(100)], [remove(200)]], traces);
    for (const name of ['shop@file', 'web'])
      assert.deepEqual(ask(name, known), [
        'OrdersController.list 60% ×1 through 1/1',
        'OrdersController.remove 40% ×5 through 1/3',
      ]);
    assert.deepEqual(ask('SHOP@file', known), []);
  });

  it('are not what a proxy asked before it passed a request on, nor what it answered itself', () => {
    const front = traefikDelete();
    const router = front.find(({ name }) => name === 'Router')!;
    const check = makeSpan({
      id: '00000000000000c1',
      parent: router.spanId,
      name: 'AuthRequest',
      kind: 'client',
      service: 'edge',
      scope: router.scope,
    });
    const allowed = { ...request('GET', '/health', 5), parentSpanId: check.spanId };
    const known = knownOf([
      [...behindTraefik([remove(10)]), check, allowed].map((span) => ({
        ...span,
        traceId: front[0]!.traceId,
      })),
      ...traefikTraces(),
    ]);
    assert.deepEqual(ask('shop@file', known), ['OrdersController.remove 100% ×1 through 1/1']);
    const ended = known.sample.filter((one) => isAsked(one, parseQuestion('404')!));
    assert.deepEqual(
      ended.map(({ spans, proxies }) => [spans.length, proxies.map(({ name }) => name)]),
      [[0, ['web']]],
    );
  });

  it('count a request once, whether its server, NestJS or both have a span', () => {
    const server = remove(100);
    const nest = makeSpan({
      id: '00000000000000d1',
      traceId: server.traceId,
      parent: server.spanId,
      name: 'OrdersController.remove',
      duration: 90_000,
      attributes: {
        'nestjs.type': 'request_context',
        'nestjs.controller': 'OrdersController',
        'nestjs.callback': 'remove',
        'http.request.method': 'DELETE',
        'http.route': '/api/orders/:id',
      },
    });
    const alone = { ...nest, spanId: '00000000000000d2', traceId: 'd'.repeat(32) };
    const known = knownOf([[server, nest], [{ ...alone, parentSpanId: undefined }]]);
    assert.equal(known.sample.length, 2);
    assert.deepEqual(ask('DELETE', known), ['OrdersController.remove 100% ×1']);
  });
});

describe('what can be asked', () => {
  it('are the methods, failed statuses and parts of proxies that were seen, with what answers first', () => {
    const known = knownOf([routed(remove(100, 500)), [request('GET', '/health', 900)]]);
    assert.deepEqual(
      seenQuestions(known).map(
        ({ about, text, first }) => `${about} ${text}: ${first ? named(first) : '-'}`,
      ),
      [
        'method GET: HealthController.check',
        'method DELETE: OrdersController.remove',
        'status 5xx: OrdersController.remove',
        'status DELETE 500: OrdersController.remove',
        'router shop@file: OrdersController.remove',
        'entry web: OrdersController.remove',
      ],
    );
  });
});

describe('what an answer rests on', () => {
  const basis = { basis: 'complete', sampledTraces: undefined } as const;
  it('is said: every request, or a sample', () => {
    assert.deepEqual(behindSentences({ ...basis, sample: undefined }), ['Based on every request.']);
    const sample = { about: 'status', requests: 12, ended: 3, isSearched: true } as const;
    assert.deepEqual(behindSentences({ ...basis, sample }), [
      'Based on the latest requests with this status (12).',
      '3 of them never reached an endpoint.',
    ]);
    const proxied = { sample: { ...sample, about: 'proxy' } } as const;
    const found = 'Found in 12 sampled requests. Metrics include all requests of an endpoint.';
    assert.deepEqual(behindSentences({ ...basis, ...proxied }), [
      found,
      '3 of them never reached an endpoint.',
    ]);
    assert.deepEqual(
      behindSentences({ basis: 'sampled', sampledTraces: 500, ...proxied }).slice(0, 2),
      [found, 'Based on a sample of 500 traces.'],
    );
  });
});
