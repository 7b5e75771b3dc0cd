import fc from 'fast-check';
import assert from 'node:assert/strict';
import { isWithin, rangeOf } from '../../../../../src/core/base/durationRange.ts';
import { microseconds } from '../../../../../src/core/base/units.ts';
import {
  bucketsIn,
  durationBuckets,
} from '../../../../../src/core/correlate/durations/durationBuckets.ts';

const trace = (duration: number, errorCount = 0) => ({
  duration: microseconds(duration),
  errorCount,
});
const texts = (...durations: number[]) =>
  durationBuckets(durations.map((duration) => trace(duration * 1_000))).map(
    ({ from, to, traces }) => `${from / 1_000} to ${to / 1_000} ms: ${traces}`,
  );

/** From none to years, many of them near each other or at an edge. */
const anyDuration = fc.oneof(
  fc.double({ min: 0, max: 1e15, noNaN: true }),
  fc.integer({ min: 0, max: 3_000_000 }),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -3, max: 12 }))
    .map(([digit, power]) => digit * 10 ** power),
);
const anyTraces = fc.array(
  fc.tuple(anyDuration, fc.nat(2)).map(([duration, errors]) => trace(duration, errors)),
  { maxLength: 60 },
);

describe('buckets of durations', () => {
  it('are those of the shortest to the longest, empty ones between them too', () => {
    assert.deepEqual(texts(12, 12.5, 48, 12, 90), [
      '10 to 15 ms: 3',
      '15 to 20 ms: 0',
      '20 to 25 ms: 0',
      '25 to 30 ms: 0',
      '30 to 35 ms: 0',
      '35 to 40 ms: 0',
      '40 to 45 ms: 0',
      '45 to 50 ms: 1',
      '50 to 55 ms: 0',
      '55 to 60 ms: 0',
      '60 to 65 ms: 0',
      '65 to 70 ms: 0',
      '70 to 75 ms: 0',
      '75 to 80 ms: 0',
      '80 to 85 ms: 0',
      '85 to 90 ms: 0',
      '90 to 95 ms: 1',
    ]);
  });

  it('are fine where durations are alike and coarse where they differ by powers of ten', () => {
    assert.deepEqual(texts(101, 109, 112), ['100 to 110 ms: 2', '110 to 120 ms: 1']);
    assert.deepEqual(texts(1, 1.2, 30, 9_000).slice(0, 4), [
      '1 to 1.5 ms: 2',
      '1.5 to 2 ms: 0',
      '2 to 3 ms: 0',
      '3 to 5 ms: 0',
    ]);
    assert.deepEqual(texts(0.002, 700_000).at(-1), '100000 to 1000000 ms: 1');
  });

  it('have a first one for what took no time', () => {
    assert.deepEqual(texts(0, 0.0005), ['0 to 0.001 ms: 2']);
  });

  it('are none without traces', () => {
    assert.deepEqual(durationBuckets([]), []);
  });

  it('lie side by side, at most 24 for all but the widest, and hold each trace once, where its duration is', () => {
    fc.assert(
      fc.property(anyTraces, (traces) => {
        const buckets = durationBuckets(traces);
        assert.ok(buckets.length <= 24, String(buckets.length));
        for (const [at, bucket] of buckets.entries()) {
          assert.ok(bucket.from < bucket.to);
          if (at > 0) assert.equal(bucket.from, buckets[at - 1]!.to);
          const held = traces.filter(({ duration }) => isWithin(duration, bucket));
          assert.equal(bucket.traces, held.length);
          assert.equal(bucket.failed, held.filter(({ errorCount }) => errorCount > 0).length);
        }
        assert.equal(
          buckets.reduce((sum, { traces: count }) => sum + count, 0),
          traces.length,
        );
        if (traces.length > 0) assert.ok(buckets[0]!.traces > 0 && buckets.at(-1)!.traces > 0);
      }),
    );
  });

  it('are chosen as a range of durations, and found again by it', () => {
    fc.assert(
      fc.property(anyTraces, fc.nat(), fc.nat(), (traces, one, other) => {
        const buckets = durationBuckets(traces);
        fc.pre(buckets.length > 0);
        const [first, last] = [one % buckets.length, other % buckets.length];
        const range = rangeOf(buckets, { first, last })!;
        assert.deepEqual(bucketsIn(buckets, range), {
          first: Math.min(first, last),
          last: Math.max(first, last),
        });
        const chosen = buckets.slice(Math.min(first, last), Math.max(first, last) + 1);
        assert.equal(
          traces.filter(({ duration }) => isWithin(duration, range)).length,
          chosen.reduce((sum, { traces: count }) => sum + count, 0),
        );
      }),
    );
  });

  it('have nothing of a range that lies beside them', () => {
    const buckets = durationBuckets([trace(100), trace(200)]);
    assert.equal(
      bucketsIn(buckets, { from: microseconds(5_000), to: microseconds(6_000) }),
      undefined,
    );
    assert.equal(rangeOf(buckets, { first: 0, last: 99 }), undefined);
  });
});
