import assert from 'node:assert/strict';
import { newSummary, summaryOf } from '../../../../src/sources/local/ingest/traceRow.ts';
import { makeSpan } from '../../../support/span.ts';

describe('the row of a trace in the local store', () => {
  const middleware = makeSpan({ id: 'm', parent: 'r', name: 'middleware', start: 19 });
  const request = makeSpan({
    id: 'r',
    parent: 'gone',
    name: 'GET /orders',
    kind: 'server',
    start: 20,
  });
  const called = makeSpan({
    id: 'c',
    parent: 'x',
    name: 'GET /stock',
    kind: 'server',
    service: 'stock-api',
    start: 25,
  });
  const nameOf = (...deliveries: readonly (readonly (typeof request)[])[]) =>
    deliveries.reduce(summaryOf, newSummary).root_operation;

  it('is called by its request where the caller recorded nothing, in whatever order spans arrive', () => {
    assert.equal(nameOf([middleware, called, request]), 'GET /orders');
    assert.equal(nameOf([called], [request], [middleware]), 'GET /orders');
    assert.equal(nameOf([middleware]), 'middleware');
  });

  it('is called by the request, not by the preflight before it', () => {
    const preflight = makeSpan({
      id: 'o',
      parent: 'browser',
      name: 'OPTIONS /orders',
      kind: 'server',
      start: 1,
    });
    assert.equal(nameOf([preflight], [request]), 'GET /orders');
  });

  it('is called by the span without a parent once that arrives, however late it began', () => {
    const late = makeSpan({ id: 'gone', name: 'gateway', start: 30 });
    assert.equal(nameOf([request], [late], [middleware]), 'gateway');
  });
});
