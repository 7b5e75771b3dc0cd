import assert from 'node:assert/strict';

import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import {
  placeNow,
  seenExceptions,
} from '../../../../../src/core/correlate/exceptions/exceptions.ts';
import { pathOptions } from '../../../../../src/core/matching/options.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { indexFiles } from '../../../../support/memoryWorkspace.ts';
import { shopIndex } from '../../../../support/handMadeShop.ts';
import { mapSpans, noSourceMaps } from '../../../../support/mapTrace.ts';
import { makeSpan, type SpanSketch } from '../../../../support/span.ts';

const at = (line: number) =>
  `TypeError: no\n    at OrdersService.pair (/app/src/orders/orders.service.ts:${line}:7)`;

const thrown = (type: string, message = 'no', stack = ''): RawSpan['events'] => [
  {
    name: 'exception',
    time: epochMicroseconds(0),
    attributes: [
      { key: 'exception.type', value: type },
      { key: 'exception.message', value: message },
      ...(stack === '' ? [] : [{ key: 'exception.stacktrace', value: stack }]),
    ],
  },
];

const seenPaths = new Set([
  '/app/src/orders/orders.service.ts',
  '/app/src/orders/orders.controller.ts',
]);

let ids = 0;

/** A request with spans below it, in a trace of its own. */
function request(status: number, events: RawSpan['events'], ...below: Omit<SpanSketch, 'id'>[]) {
  ids += 1;
  const traceId = String(ids).padStart(32, '0');
  const id = (row: number) => `${String(ids).padStart(12, '0')}${String(row).padStart(4, '0')}`;
  return [
    makeSpan({
      traceId,
      id: id(0),
      name: 'GET /orders/:id',
      kind: 'server',
      start: ids,
      events,
      status: 'error',
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/orders/:id',
        ...(status > 0 && { 'http.response.status_code': status }),
      },
    }),
    ...below.map((sketch, row) =>
      makeSpan({ traceId, parent: id(0), status: 'error', start: ids, ...sketch, id: id(row + 1) }),
    ),
  ];
}

const seenIn = (...traces: readonly (readonly RawSpan[])[]) =>
  seenExceptions(
    traces.map((spans) => mapSpans(spans, shopIndex)),
    shopIndex,
    (service) =>
      pathOptions({ ...noSourceMaps, seenOf: () => seenPaths }, service, '/shop/shop-api'),
  );
const countsOf = (...traces: readonly (readonly RawSpan[])[]) =>
  seenIn(...traces).exceptions.map(({ type, place, requests }) => [
    type,
    place?.location.line,
    requests,
  ]);

describe('exceptions of sampled requests', () => {
  it('are counted by type and innermost workspace line, those of most requests first', () => {
    assert.deepEqual(
      countsOf(
        request(500, thrown('RangeError', 'no', at(22))),
        request(500, thrown('TypeError', 'no', at(22))),
        request(500, thrown('TypeError', 'another', at(22))),
        request(500, thrown('TypeError', 'no', at(24))),
        request(500, thrown('TypeError', 'no', at(24))),
        request(500, thrown('TypeError', 'no', at(24))),
      ),
      [
        ['TypeError', 24, 3],
        ['TypeError', 22, 2],
        ['RangeError', 22, 1],
      ],
    );
  });

  it('count once in a request, however many of its spans recorded it, also without the stack', () => {
    const events = thrown('TypeError', 'no', at(22));
    const spans = request(
      500,
      thrown('TypeError'),
      { name: 'handler', events },
      { name: 'nest', events },
    );
    assert.deepEqual(countsOf(spans), [['TypeError', 22, 1]]);
  });

  it('count for each request of a trace', () => {
    const events = thrown('TypeError', 'no', at(22));
    const spans = request(500, [], { kind: 'server', events }, { kind: 'server', events });
    assert.deepEqual(countsOf(spans), [['TypeError', 22, 2]]);
  });

  it('lead to the newest, at the innermost span that recorded it', () => {
    const events = thrown('TypeError', 'no', at(22));
    const [first, last] = [request(500, events), request(500, events, { name: 'inner', events })];
    const [seen] = seenIn(last, first).exceptions;
    assert.equal(seen?.latest.traceId, last[0]!.traceId);
    assert.equal(seen.latest.label, 'inner');
  });

  it('of requests answered with 4xx are left out and counted, whatever they are', () => {
    const { exceptions, expected } = seenIn(
      request(404, thrown('P2025', 'no', at(22))),
      request(404, [], { events: thrown('NotFoundException', 'no', at(22)) }),
    );
    assert.deepEqual([exceptions, expected], [[], 2]);
  });

  it('of which the type stands for 4xx are left out, unless the answer was 5xx', () => {
    const seen = seenIn(
      request(0, thrown('NotFoundException', 'no', at(22))),
      request(200, thrown('ConflictException', 'no', at(22))),
      request(500, thrown('BadRequestException', 'no', at(22))),
    );
    assert.deepEqual(
      seen.exceptions.map(({ type }) => type),
      ['BadRequestException'],
    );
    assert.equal(seen.expected, 2);
  });

  it('without a line of the workspace go by the handler whose request it was', () => {
    const stack = 'Error: x\n    at f (/app/node_modules/lib/index.js:1:1)';
    const { exceptions } = seenIn(
      request(500, thrown('ECONNREFUSED', 'a', stack)),
      request(500, thrown('ECONNREFUSED', 'b')),
    );
    assert.deepEqual(
      exceptions.map(({ place, handledBy, requests }) => [place, handledBy, requests]),
      [[undefined, 'GET /orders/:id', 2]],
    );
  });

  it('keep no more of hostile texts than is shown', () => {
    const long = 'x'.repeat(1_000_000);
    const [seen] = seenIn(request(500, thrown(long, long))).exceptions;
    assert.ok(seen!.type.length <= 100 && seen!.message.length <= 500);
  });

  it('are looked for in spans that only say so in their attributes', () => {
    const attributes = { 'error.type': 'Boom', 'error.stack': at(22) };
    assert.deepEqual(countsOf(request(500, [], { attributes })), [['Boom', 22, 1]]);
  });
});

describe('the line of an exception', () => {
  const code = (above: string) =>
    indexFiles({
      'orders.service.ts': `${above}export class OrdersService {\n  pair() {\n    throw 1;\n  }\n}\n`,
    });

  it('moves with its method, and goes with it', () => {
    const before = code('');
    const location = { path: '/ws/orders.service.ts', line: 3, column: 1 } as const;
    const method = before.methodsOf('/ws/orders.service.ts')[0]!;
    const place = { location, symbol: '', reason: '', method: { id: method.id, below: 1 } };
    assert.equal(placeNow(place, before)?.line, 3);
    assert.equal(placeNow(place, code('// a\n// b\n'))?.line, 5);
    assert.equal(placeNow(place, indexFiles({ 'other.ts': 'export const a = 1;\n' })), undefined);
  });
});
