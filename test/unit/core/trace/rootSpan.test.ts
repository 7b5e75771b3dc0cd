import assert from 'node:assert/strict';
import { rootSpan } from '../../../../src/core/trace/rootSpan.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const rootOf = (...sketches: readonly SpanSketch[]): string | undefined =>
  rootSpan(sketches.map(makeSpan))?.spanId;

describe('the root of a trace', () => {
  it('is the earliest span without a parent', () => {
    const late = { id: 'late', start: 60 };
    const earlier = { id: 'below', parent: 'late', start: 10 };
    assert.equal(rootOf(earlier, late, { id: 'first', start: 50 }), 'first');
  });

  it('is the earliest span whose caller is missing, also where what it calls begins before it', () => {
    const middleware = { id: 'middleware', parent: 'request', start: 19, duration: 1 };
    const query = { id: 'query', parent: 'middleware', start: 5 };
    const request = { id: 'request', parent: 'caller', start: 20, duration: 50 };
    assert.equal(rootOf(query, middleware, request), 'request');
    assert.equal(rootOf({ id: 'other', parent: 'gone', start: 30 }, request), 'request');
  });

  it('is the longer of two that begin together', () => {
    const short = { id: 'a', parent: 'x', start: 1, duration: 2 };
    assert.equal(rootOf(short, { id: 'b', parent: 'y', start: 1, duration: 3 }), 'b');
  });

  it('is the earliest of all where each has a parent among them', () => {
    const circle = [
      { id: 'a', parent: 'b', start: 2 },
      { id: 'b', parent: 'a', start: 1 },
    ];
    assert.equal(rootOf(...circle), 'b');
    assert.equal(rootOf(), undefined);
  });
});
