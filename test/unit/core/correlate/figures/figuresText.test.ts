import assert from 'node:assert/strict';
import { fromMilliseconds, fromSeconds } from '../../../../../src/core/base/units.ts';
import type { MergedDurations } from '../../../../../src/core/correlate/durations/mergeDurations.ts';
import type { Figures } from '../../../../../src/core/correlate/figures/figures.ts';
import {
  errorParts,
  estimateParts,
  mixedParts,
  quantileParts,
  quantilesText,
  totalParts,
} from '../../../../../src/core/correlate/figures/figuresText.ts';
import { inKorean } from '../../../../support/korean.ts';

type Shown = Pick<Figures, keyof MergedDurations | 'errors' | 'errorSample' | 'mixedKinds'>;

const figures = (count: number, errors = 0): Shown => {
  const each = fromMilliseconds(326.418);
  const total = fromMilliseconds(326.418 * count);
  return { count, errors, p50: each, p95: each, p99: each, max: each, total };
};
const nothingKnown = {
  count: 3,
  errors: undefined,
  p50: undefined,
  p95: undefined,
  p99: undefined,
  max: undefined,
  total: undefined,
};
const estimated = {
  ...nothingKnown,
  p50: fromMilliseconds(7),
  p95: fromMilliseconds(34),
  p99: fromSeconds(15),
  estimates: {
    p50: { low: undefined, high: undefined },
    p95: { low: fromMilliseconds(10), high: fromMilliseconds(50) },
    p99: { low: fromSeconds(15), high: undefined },
  },
};
const sampled = (count: number, of: number) => ({
  count: 120_000,
  errors: undefined,
  errorSample: { count, of, share: count / of },
});

describe('metrics in a hover', () => {
  it('are quantiles of many requests, and the exact duration of one', () => {
    assert.equal(quantilesText(figures(2)), 'p50 326 ms · p95 326 ms · p99 326 ms · max 326 ms');
    assert.equal(quantilesText(figures(1)), 'Duration: 326.418 ms');
  });

  it('say errors only where there are some, and never 0%', () => {
    assert.deepEqual(errorParts(figures(3)), []);
    assert.deepEqual(errorParts(figures(10_000, 1)), ['<0.1% errors']);
  });

  it('leave out what the source does not know', () => {
    assert.equal(quantilesText(nothingKnown), '');
    assert.equal(quantilesText({ ...nothingKnown, p95: fromMilliseconds(3) }), 'p95 3 ms');
    assert.deepEqual([...totalParts(nothingKnown), ...errorParts(nothingKnown)], []);
    const { max, ...known } = figures(1);
    assert.equal(quantilesText({ ...known, total: undefined, max }), 'Duration: 326.418 ms');
    const neither = { ...known, total: undefined, max: undefined };
    assert.equal(quantilesText(neither), 'p50 326 ms · p95 326 ms · p99 326 ms');
  });

  it('say which quantiles are estimates, and where the true ones lie', () => {
    assert.equal(quantilesText(estimated), 'p50 ≈7 ms · p95 ≈34 ms · p99 ≥15 s');
    assert.deepEqual(quantileParts(estimated, ['p95']), ['p95 ≈34 ms']);
    assert.deepEqual(estimateParts(estimated), [
      'p50',
      'p95 (10 ms to 50 ms)',
      'p99 (15 s or more)',
    ]);
    assert.deepEqual(estimateParts(figures(2)), []);
  });

  it('say of how many requests the errors of a sample are', () => {
    assert.deepEqual(errorParts(sampled(2, 500)), ['0.4% errors in a sample of 500']);
    assert.deepEqual(errorParts(sampled(0, 500)), []);
  });

  it('say which kinds of spans are counted together', () => {
    const mixed = { mixedKinds: ['client', 'server'] };
    assert.deepEqual(mixedParts(mixed), ['counts client + server spans']);
    assert.deepEqual(mixedParts(figures(1)), []);
  });

  describe('in Korean', () => {
    inKorean();

    it('read as Korean', () => {
      assert.deepEqual(errorParts(sampled(2, 500)), ['표본 500건 중 오류 0.4%']);
      assert.deepEqual(estimateParts(estimated), ['p50', 'p95(10 ms~50 ms)', 'p99(15 s 이상)']);
      assert.equal(quantilesText(figures(2)), 'p50 326 ms · p95 326 ms · p99 326 ms · 최대 326 ms');
    });
  });
});
