import assert from 'node:assert/strict';
import { summarizeTrace } from '../../../../src/core/trace/summary.ts';
import { makeSpan } from '../../../support/span.ts';

describe('summarizeTrace', () => {
  it('names the earliest root, the services, the errors and the whole length', () => {
    const summary = summarizeTrace([
      makeSpan({
        id: 'c',
        parent: 'b',
        service: 'pricing-api',
        start: 30,
        duration: 90,
        status: 'error',
      }),
      makeSpan({ id: 'late', start: 60, duration: 5 }),
      makeSpan({
        id: 'b',
        parent: 'gone',
        name: 'DELETE /api/orders/:id',
        start: 20,
        duration: 50,
      }),
    ]);
    assert.deepEqual(summary, {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      rootService: 'shop-api',
      rootOperation: 'DELETE /api/orders/:id',
      start: 20,
      duration: 100,
      spanCount: 3,
      errorCount: 1,
      services: ['pricing-api', 'shop-api'],
      matched: undefined,
    });
  });

  it('takes the earliest span where every span has a parent', () => {
    const spans = [
      makeSpan({ id: 'a', parent: 'b', start: 2 }),
      makeSpan({ id: 'b', parent: 'a', start: 1 }),
    ];
    assert.equal(summarizeTrace(spans).rootOperation, 'b');
  });

  it('is empty without spans', () => {
    assert.equal(summarizeTrace([]).spanCount, 0);
  });
});
