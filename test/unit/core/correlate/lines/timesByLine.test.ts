import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { CodeIndex } from '../../../../../src/core/code/model.ts';
import { timesByLine } from '../../../../../src/core/correlate/lines/timesByLine.ts';
import type { MappedTrace } from '../../../../../src/core/matching/mappedTrace.ts';
import { isMatch, type SpanMatch } from '../../../../../src/core/matching/match.ts';
import { criticalPathLength } from '../../../../../src/core/trace/mainRoot.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { nestLayers, prismaOperation } from '../../../../support/prismaSpans.ts';
import { anyTrace } from '../../../../support/shapes.ts';
import { makeSpan } from '../../../../support/span.ts';

const path = '/shop/shop-api/src/a.ts';
const code = makeIndex({
  '/shop/shop-api': {
    services: ['shop-api'],
    files: {
      'src/a.ts': {
        Orders: { remove: { at: 5, route: 'DELETE /orders/:id', calls: ['Store.load'] } },
        Store: {
          load: { at: 15, prisma: ['Order.findMany@16'], http: ['GET https://tax/rates@18'] },
        },
      },
    },
  },
});
const rate = (id: string, start: number, duration: number) =>
  makeSpan({
    id,
    parent: 'handler',
    start,
    duration,
    kind: 'client',
    attributes: { 'http.request.method': 'GET', 'url.full': 'https://tax/rates' },
  });

/** `16: 3 × 15 of 300 µs`, the line that holds most first. */
const shown = (mapped: MappedTrace, index: CodeIndex = code) =>
  timesByLine(mapped)(index).lines.map(
    ({ location, calls, self, total }) => `${location.line}: ${calls} × ${self} of ${total}`,
  );

describe('the times of a trace by line', () => {
  it('count what a handler spends itself apart from what it calls', () => {
    const spans = [
      ...nestLayers('Orders', 'remove'),
      prismaOperation('find', 'handler', 10, 'Order.findMany', 100),
      rate('one', 200, 150),
      rate('two', 400, 150),
    ];
    // Of the request's 900 µs the handler has 100 + 300 below it.
    assert.deepEqual(shown(mapSpans(spans, code)), [
      '5: 1 × 500 of 900',
      '18: 2 × 300 of 300',
      '16: 1 × 100 of 100',
    ]);
  });

  it('give a line what spans without a line spend below it', () => {
    const spans = [
      ...nestLayers('Orders', 'remove'),
      rate('call', 200, 400),
      makeSpan({
        id: 'there',
        parent: 'call',
        start: 210,
        duration: 380,
        kind: 'server',
        service: 'tax',
      }),
    ];
    assert.deepEqual(shown(mapSpans(spans, code)), ['5: 1 × 500 of 900', '18: 1 × 400 of 400']);
  });

  it('know the first line of a handler, where its lens is', () => {
    const [handler, call] = timesByLine(
      mapSpans([...nestLayers('Orders', 'remove'), rate('one', 200, 150)], code),
    )(code).lines;
    assert.equal(handler?.location.path, path);
    assert.equal(handler.handlerFrom, code.handlers[0]?.firstLine);
    assert.equal(call?.handlerFrom, undefined);
  });

  it('are worked out once for a mapping and an index', () => {
    const mapped = mapSpans(nestLayers('Orders', 'remove'), code);
    assert.equal(timesByLine(mapped)(code), timesByLine(mapped)(code));
    assert.notEqual(timesByLine({ ...mapped })(code), timesByLine(mapped)(code));
  });

  it('are those that a slow search for the nearest line above finds, and never more than the critical path', () => {
    fc.assert(
      fc.property(
        anyTrace(),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        (trace, seeds) => {
          const matches = trace.spans.map((_, row) => anyMatch(seeds[row] ?? 0));
          const { whole, lines } = timesByLine({ trace, matches })(code);
          const { criticalTime, parent } = trace.columns;
          assert.ok(Math.abs(whole - criticalPathLength(trace.columns)) < 1e-6);
          const nearest = (row: number): number | undefined =>
            row < 0 ? undefined : (sureLine(matches[row]) ?? nearest(parent[row] ?? -1));
          const sum = (rows: readonly number[]) =>
            rows.reduce((time, row) => time + (criticalTime[row] ?? 0), 0);
          const all = trace.spans.map((_, row) => row);
          for (const { location, self, total, calls, rows } of lines) {
            const { line } = location;
            const own = all.filter((row) => sureLine(matches[row]) === line);
            assert.deepEqual(rows, own);
            assert.equal(calls, own.filter((row) => nearest(parent[row] ?? -1) !== line).length);
            assert.ok(Math.abs(self - sum(all.filter((row) => nearest(row) === line))) < 1e-6);
            const isWithin = (row: number): boolean =>
              row >= 0 && (own.includes(row) || isWithin(parent[row] ?? -1));
            assert.ok(Math.abs(total - sum(all.filter(isWithin))) < 1e-6);
            assert.ok(self <= total + 1e-6 && total <= whole + 1e-6);
          }
          assert.ok(lines.reduce((time, { self }) => time + self, 0) <= whole + 1e-6);
        },
      ),
    );
  });
});

/** On one of four lines, a guess, or none. */
function anyMatch(seed: number): SpanMatch {
  const kind = seed % 6;
  if (kind === 0) return { confidence: 'unmapped', cause: 'namesNoCode', reason: '' };
  return {
    location: { path, line: kind, column: 1 },
    symbol: '',
    confidence: kind === 5 ? 'weak' : 'likely',
    reason: '',
    alternatives: [],
    handlerId: undefined,
    callId: undefined,
  };
}

const sureLine = (match: SpanMatch | undefined): number | undefined =>
  match && isMatch(match) && match.confidence !== 'weak' ? match.location.line : undefined;
