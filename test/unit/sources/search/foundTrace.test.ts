import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import type { HttpKey } from '../../../../src/core/matching/operations/operationKinds.ts';
import type { TraceQuery } from '../../../../src/core/ports.ts';
import { findInTrace, firstFound } from '../../../../src/sources/search/foundTrace.ts';
import { httpKey } from '../../../support/operationKeys.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const all: TraceQuery = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: { start: epochMicroseconds(0), end: epochMicroseconds(1e9) },
  limit: 10,
};

/**
 *   GET /a  shop     0 ─────────── 100
 *     query shop       10 ── 30  error
 *     GET /b pricing      40 ────── 95
 */
const sketches: readonly SpanSketch[] = [
  {
    id: 'c',
    parent: 'a',
    service: 'pricing',
    name: 'GET /b',
    kind: 'server',
    start: 40,
    duration: 55,
  },
  { id: 'b', parent: 'a', name: 'query', kind: 'client', start: 10, duration: 20, status: 'error' },
  {
    id: 'a',
    name: 'GET /a',
    kind: 'server',
    duration: 100,
    attributes: { 'http.route': '/a', 'http.request.method': 'GET' },
  },
];
const spans = sketches.map(makeSpan);
const slownessOf = (parts: Partial<TraceQuery>) =>
  findInTrace(spans, { ...all, ...parts })?.slowness;

describe('finding a trace', () => {
  it('one span has to meet all of the query', () => {
    assert.equal(slownessOf({ service: 'shop-api', errorsOnly: true }), 20);
    assert.equal(slownessOf({ service: 'pricing', errorsOnly: true }), undefined);
    assert.equal(slownessOf({ service: 'pricing', operation: 'GET /b' }), 55);
    assert.equal(slownessOf({ service: 'pricing', operation: 'GET /a' }), undefined);
    assert.equal(slownessOf({ service: 'pricing', minDuration: microseconds(55) }), 55);
    assert.equal(slownessOf({ service: 'pricing', minDuration: microseconds(56) }), undefined);
    assert.equal(slownessOf({}), 100);
  });

  it('its span has to start in the window', () => {
    const window = (start: number, end: number) => ({
      start: epochMicroseconds(start),
      end: epochMicroseconds(end),
    });
    assert.equal(slownessOf({ window: window(10, 10) }), 20);
    assert.equal(slownessOf({ window: window(11, 39) }), undefined);
    assert.equal(slownessOf({ window: window(11, 40) }), 55);
    assert.equal(slownessOf({ window: window(1, 41) }), 55);
  });

  it('a selector matches by what it knows, and only spans that answer a request', () => {
    const one = (parts: Partial<HttpKey>) => slownessOf({ operations: [httpKey(parts)] });
    assert.equal(one({ service: 'shop-api', route: '/a', method: 'GET' }), 100);
    assert.equal(one({ service: 'shop-api', route: '/a', method: 'POST' }), undefined);
    assert.equal(one({ name: 'query' }), undefined);
    assert.equal(slownessOf({ operations: [] }), undefined);
    assert.equal(
      slownessOf({ operations: [httpKey({ name: 'x' }), httpKey({ name: 'GET /b' })] }),
      55,
    );
  });

  it('the length of the matched span is in the summary where a selector asked', () => {
    const operations = [httpKey({ name: 'GET /b' })];
    assert.equal(findInTrace(spans, { ...all, operations })?.summary.matched, 55);
    assert.equal(findInTrace(spans, all)?.summary.matched, undefined);
  });

  it('the summary is of the whole trace, whatever the order of its spans', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...spans], { minLength: 3 }), (shuffled) => {
        assert.deepEqual(findInTrace(shuffled, all)?.summary, {
          traceId: spans[0]?.traceId,
          rootService: 'shop-api',
          rootOperation: 'GET /a',
          start: 0,
          duration: 100,
          spanCount: 3,
          errorCount: 1,
          services: ['pricing', 'shop-api'],
          matched: undefined,
        });
      }),
    );
  });

  it('where every span has a parent, the longest whose parent is missing is the root', () => {
    const summary = findInTrace(spans.slice(0, 2), all)?.summary;
    assert.equal(summary?.rootOperation, 'GET /b');
  });

  it('each trace is answered once, newest or slowest first, up to the limit', () => {
    const trace = (traceId: string, start: number, duration: number) =>
      findInTrace([makeSpan({ id: 'a', traceId, start, duration })], all)!;
    const found = [trace('1', 5, 1), trace('2', 7, 9), trace('3', 5, 3), trace('2', 7, 9)];
    const ids = (query: TraceQuery) =>
      firstFound(found, query).map(({ summary }) => summary.traceId);
    assert.deepEqual(ids(all), ['2', '1', '3']);
    assert.deepEqual(ids({ ...all, order: 'slowest' }), ['2', '3', '1']);
    assert.deepEqual(ids({ ...all, limit: 1 }), ['2']);
  });

  it('a trace without spans is none', () => {
    assert.equal(findInTrace([], all), undefined);
  });
});
