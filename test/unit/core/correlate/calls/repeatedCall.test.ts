import assert from 'node:assert/strict';

import { microseconds } from '../../../../../src/core/base/units.ts';
import type { CallSiteFigures } from '../../../../../src/core/correlate/calls/callSites.ts';
import { repeatedCallSentence } from '../../../../../src/core/correlate/calls/repeatedCall.ts';

const call = {
  library: 'prisma',
  model: 'OrderItem',
  operation: 'findMany',
} as const;
const figures: CallSiteFigures = {
  calls: 220,
  requests: 10,
  maxPerRequest: 31,
  p50: microseconds(2_000),
  p95: microseconds(3_000),
  total: microseconds(480_000),
  statement: undefined,
  worstTraceId: 'a',
  sampledTraces: 40,
  confidence: 'strong',
};
const loop = { path: '/shop/orders.service.ts', line: 81, column: 1 };
const said = (of: Partial<CallSiteFigures>, loops = [loop]) =>
  repeatedCallSentence(call, { ...figures, ...of }, loops);

describe('what is said of a call that requests repeat', () => {
  it('is how often and how long in one request, where the loop is, and of how many requests', () => {
    assert.equal(
      said({}),
      'orderItem.findMany runs 22 times in a request on average (31 at most), 48 ms together. It is in the loop at orders.service.ts:81: one call for all may be faster. Based on 10 requests.',
    );
    assert.match(
      said({}, [loop, { ...loop, line: 90 }]) ?? '',
      / It is inside a loop: one call for all may be faster\./,
    );
    assert.match(
      said({}, []) ?? '',
      /Its method is called again and again: one call for all may be faster\./,
    );
  });

  it('is nothing of few requests, few calls in each, or calls that cost little', () => {
    assert.equal(said({ requests: 4, calls: 88 }), undefined);
    assert.equal(said({ calls: 49 }), undefined);
    assert.equal(said({ total: microseconds(199_999) }), undefined);
    assert.notEqual(said({ requests: 5, calls: 25, total: microseconds(100_000) }), undefined);
  });
});
