import assert from 'node:assert/strict';
import fc from 'fast-check';
import { microseconds } from '../../../../../src/core/base/units.ts';
import type { Durations } from '../../../../../src/core/correlate/durations/durations.ts';
import {
  quantileNames,
  quantileShares,
} from '../../../../../src/core/correlate/durations/durations.ts';
import { givenQuantiles } from '../../../../../src/core/correlate/durations/givenQuantiles.ts';
import { histogramOf } from '../../../../../src/core/correlate/durations/histogram.ts';
import { mergeDurations } from '../../../../../src/core/correlate/durations/mergeDurations.ts';
import { nearestRank } from '../../../../../src/core/base/nearestRank.ts';
import { newSketch } from '../../../../../src/core/correlate/durations/sketch.ts';

type Values = readonly number[];

const sorted = (values: Values) => values.toSorted((a, b) => a - b);
const exact = (values: Values, q: number) => sorted(values)[nearestRank(q, values.length)] ?? 0;
const sum = (values: Values) => values.reduce((total, value) => total + value, 0);

function asSketch(values: Values): Durations {
  const sketch = newSketch();
  for (const value of values) sketch.add(microseconds(value));
  return sketch;
}

function asHistogram(values: Values, bounds: Values, knowsMax = false): Durations {
  const counts = Array<number>(bounds.length + 1).fill(0);
  for (const value of values) {
    const at = bounds.findIndex((bound) => value <= bound);
    counts[at < 0 ? bounds.length : at]! += 1;
  }
  const known = { total: microseconds(sum(values)) };
  const max = knowsMax ? { max: microseconds(Math.max(0, ...values)) } : {};
  return histogramOf(bounds.map(microseconds), counts, { ...known, ...max });
}

function asGiven(values: Values, within: number | undefined = 0, off = 0): Durations {
  const at = (q: number) => microseconds(exact(values, q) * (1 + off));
  return givenQuantiles({
    count: values.length,
    within,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: microseconds(Math.max(0, ...values)),
  });
}

const someDurations = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 5_000_000 })),
  { minLength: 1, maxLength: 60 },
);
const someBounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 3_000_000 }), { maxLength: 12 })
  .map((bounds) => sorted(bounds));
/** Durations, and how a source that has seen them might tell of them. */
const anyShape = fc
  .tuple(
    someDurations,
    fc.constantFrom('sketch', 'histogram', 'closed', 'given', 'off'),
    someBounds,
  )
  .map(([values, shape, bounds]) => {
    switch (shape) {
      case 'sketch':
        return { values, told: asSketch(values) };
      case 'histogram':
        return { values, told: asHistogram(values, bounds) };
      case 'closed':
        return { values, told: asHistogram(values, bounds, true) };
      case 'given':
        return { values, told: asGiven(values) };
      case 'off':
        return { values, told: asGiven(values, 0.05, 0.04) };
    }
  });

/** Where the quantile must lie: in its range, which the value is in too; else within 1 % of the true one. */
function assertTold(merged: ReturnType<typeof mergeDurations>, values: Values): void {
  for (const name of quantileNames) {
    const truth = exact(values, quantileShares[name]);
    const told = merged[name];
    const range = merged.estimates?.[name];
    assert.ok(told !== undefined, name);
    if (range === undefined) {
      assert.ok(Math.abs(told - truth) <= truth * 0.0101, `${name} ${told} for ${truth}`);
      continue;
    }
    const { low, high = Infinity } = range;
    const slack = 1e-9;
    assert.ok(low !== undefined && low * (1 - slack) <= truth, `${name} ${low} <= ${truth}`);
    assert.ok(truth <= high * (1 + slack), `${name} ${truth} <= ${high}`);
    assert.ok(low <= told && told <= high, `${name} ${told} in ${low}..${high}`);
  }
}

/** Estimates are sums of fractions: to the nanosecond they don't depend on what is added first. */
const rounded = ({ p50, p95, p99, ...rest }: ReturnType<typeof mergeDurations>) => ({
  ...rest,
  quantiles: [p50, p95, p99].map((value) => value && Math.round(value * 1_000)),
});

describe('durations of several operations together', () => {
  it('add up whatever their shapes, and their quantiles lie where they are said to', () => {
    fc.assert(
      fc.property(fc.array(anyShape, { minLength: 1, maxLength: 5 }), (parts) => {
        const values = parts.flatMap((part) => part.values);
        const merged = mergeDurations(parts.map(({ told }) => told));
        assert.equal(merged.count, values.length);
        const knowsTotals = parts.every(({ told }) => told.total !== undefined);
        const total = knowsTotals ? sum(values) : undefined;
        if (total === undefined) assert.equal(merged.total, undefined);
        else assert.ok(Math.abs(merged.total! - total) <= total * 1e-9);
        const knowsMax = parts.every(({ told }) => told.max !== undefined);
        assert.equal(merged.max, knowsMax ? Math.max(...values) : undefined);
        assertTold(merged, values);
      }),
    );
  });

  it('say the same in any order', () => {
    fc.assert(
      fc.property(fc.array(anyShape, { minLength: 2, maxLength: 4 }), (parts) => {
        const told = parts.map((part) => part.told);
        const [a, b] = [mergeDurations(told), mergeDurations(told.toReversed())];
        assert.deepEqual([a.count, a.max], [b.count, b.max]);
        for (const name of quantileNames)
          assert.ok(Math.abs(a[name]! - b[name]!) <= Math.abs(a[name]!) * 1e-6, name);
      }),
    );
  });

  it('of sketches are what one sketch of all says', () => {
    fc.assert(
      fc.property(fc.array(someDurations, { maxLength: 5 }), (groups) => {
        const one = mergeDurations([asSketch(groups.flat())]);
        const { total, ...merged } = mergeDurations(groups.map(asSketch));
        assert.deepEqual({ ...merged, total: one.total }, one);
        assert.ok(Math.abs(total! - one.total!) <= one.total! * 1e-9);
      }),
    );
  });

  it('of histograms with one set of bounds are one histogram of all', () => {
    fc.assert(
      fc.property(fc.array(someDurations, { minLength: 1 }), someBounds, (groups, bounds) => {
        const merged = mergeDurations(groups.map((values) => asHistogram(values, bounds)));
        const one = mergeDurations([asHistogram(groups.flat(), bounds)]);
        assert.deepEqual(rounded(merged), rounded(one));
      }),
    );
  });

  it('put the quantile of a histogram into its bucket, by the share of the bucket that is below it', () => {
    const [low, high] = [10_000, 50_000];
    const histogram = asHistogram(Array<number>(100).fill(30_000), [2_000, low, high]);
    const { p50, p99, estimates } = mergeDurations([histogram]);
    assert.deepEqual(estimates?.p50, { low, high });
    assert.ok(Math.abs(p50! - 30_000) < 400, String(p50));
    assert.ok(p99! > 49_000 && p99! < high);
  });

  it('say no more of what lies beyond the last bucket than that it does', () => {
    const open = asHistogram([1_000, 20_000_000], [2_000, 15_000_000]);
    const { p95, estimates, max } = mergeDurations([open]);
    assert.deepEqual([p95, max], [15_000_000, undefined]);
    assert.deepEqual(estimates?.p95, { low: 15_000_000, high: undefined });
    const closed = asHistogram([1_000, 20_000_000], [2_000, 15_000_000], true);
    assert.deepEqual(mergeDurations([closed]).estimates?.p95, {
      low: 15_000_000,
      high: 20_000_000,
    });
  });

  it('take given quantiles of one operation as they are, and say how sure they are', () => {
    const values = Array.from({ length: 200 }, (_, at) => (at + 1) * 1_000);
    const exactly = mergeDurations([asGiven(values, 0.005)]);
    assert.deepEqual(
      [exactly.p50, exactly.p95, exactly.p99, exactly.max, exactly.total, exactly.estimates],
      [100_000, 190_000, 198_000, 200_000, undefined, undefined],
    );
    const { p95, estimates } = mergeDurations([asGiven(values, 0.1)]);
    assert.equal(p95, 190_000);
    assert.ok(Math.abs(estimates!.p95!.low! - 171_000) < 1, 'a tenth less');
    const unsure = mergeDurations([givenQuantiles({ ...asGiven(values), within: undefined })]);
    assert.deepEqual(unsure.estimates?.p95, { low: undefined, high: undefined });
  });

  it('invent no quantile that one operation does not know', () => {
    const known = asGiven([1_000, 2_000]);
    const noP99 = givenQuantiles({
      count: 5,
      within: 0,
      p50: microseconds(10),
      p95: microseconds(20),
    });
    const { p50, p95, p99, max } = mergeDurations([known, noP99]);
    assert.deepEqual([p99, max], [undefined, undefined]);
    assert.ok(p50 !== undefined && p95 !== undefined);
    assert.equal(mergeDurations([noP99]).p99, undefined);
  });

  it('of quantiles that may be off by anything are estimates without a range', () => {
    const slow = givenQuantiles({ ...asGiven([9_000, 10_000]), within: undefined });
    const { p50, estimates } = mergeDurations([slow, asGiven([1_000, 2_000])]);
    assert.ok(p50 !== undefined);
    assert.deepEqual(estimates?.p50, { low: undefined, high: undefined });
  });

  it('without requests are none', () => {
    const { count, p50, estimates } = mergeDurations([asHistogram([], [10]), asSketch([])]);
    assert.deepEqual([count, p50, estimates], [0, undefined, undefined]);
  });
});

describe('a histogram', () => {
  it('refuses bounds and counts that do not fit', () => {
    const bounds = [1, 2].map(microseconds);
    assert.throws(() => histogramOf(bounds, [1, 2]), RangeError);
    assert.throws(() => histogramOf(bounds.toReversed(), [1, 2, 3]), RangeError);
    assert.throws(() => histogramOf([0, 1].map(microseconds), [1, 2, 3]), RangeError);
    assert.throws(() => histogramOf([1, Infinity].map(microseconds), [1, 2, 3]), RangeError);
    for (const wrong of [-1, 0.5, NaN])
      assert.throws(() => histogramOf(bounds, [1, wrong, 3]), RangeError);
    assert.equal(histogramOf(bounds, [1, 0, 3]).count, 4);
  });
});
