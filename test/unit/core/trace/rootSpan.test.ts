import assert from 'node:assert/strict';
import { rootSpan } from '../../../../src/core/trace/rootSpan.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const rootOf = (...sketches: readonly SpanSketch[]): string | undefined =>
  rootSpan(sketches.map(makeSpan))?.spanId;

describe('the root of a trace', () => {
  it('is the longest span without a parent that has ended', () => {
    const below = { id: 'below', parent: 'request', start: 10, duration: 80 };
    const preflight = { id: 'preflight', start: 5, duration: 2 };
    const request = { id: 'request', start: 50, duration: 60 };
    assert.equal(rootOf(below, preflight, request), 'request');
    const running = { id: 'running', start: 1 };
    assert.equal(rootOf(running, { id: 'orphan', parent: 'gone', duration: 9 }), 'orphan');
  });

  it('is the longest whose caller is missing, also where what it calls begins before it', () => {
    const middleware = { id: 'middleware', parent: 'request', start: 19, duration: 1 };
    const query = { id: 'query', parent: 'middleware', start: 5, duration: 70 };
    const request = { id: 'request', parent: 'caller', start: 20, duration: 50 };
    assert.equal(rootOf(query, middleware, request), 'request');
    assert.equal(rootOf({ id: 'options', parent: 'gone', duration: 3 }, request), 'request');
  });

  it('is the earlier of two that take as long', () => {
    const late = { id: 'a', parent: 'x', start: 2, duration: 3 };
    assert.equal(rootOf(late, { id: 'b', parent: 'y', start: 1, duration: 3 }), 'b');
  });

  it('is one of all where each has a parent among them', () => {
    const circle = [
      { id: 'a', parent: 'b', start: 2, duration: 1 },
      { id: 'b', parent: 'a', start: 1, duration: 1 },
    ];
    assert.equal(rootOf(...circle), 'b');
    assert.equal(rootOf(), undefined);
  });
});
