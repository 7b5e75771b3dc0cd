import assert from 'node:assert/strict';
import { fromMilliseconds } from '../../../../src/core/base/units.ts';
import { errorParts, quantilesText } from '../../../../src/core/correlate/figuresText.ts';

const figures = (count: number, errors = 0) => {
  const each = fromMilliseconds(326.418);
  const total = fromMilliseconds(326.418 * count);
  return { count, errors, p50: each, p95: each, p99: each, max: each, total };
};

describe('metrics in a hover', () => {
  it('are quantiles of many requests, and the exact duration of one', () => {
    assert.equal(quantilesText(figures(2)), 'p50 326 ms · p95 326 ms · p99 326 ms · max 326 ms');
    assert.equal(quantilesText(figures(1)), 'Duration: 326.418 ms');
  });

  it('say errors only where there are some, and never 0%', () => {
    assert.deepEqual(errorParts(figures(3)), []);
    assert.deepEqual(errorParts(figures(10_000, 1)), ['<0.1% errors']);
  });
});
