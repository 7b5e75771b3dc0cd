import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMilliseconds, microseconds } from '../../../../../src/core/base/units.ts';
import {
  mergeSketches,
  newSketch,
  sketchFromBytes,
  type RecordingSketch,
} from '../../../../../src/core/correlate/durations/sketch.ts';

/** Nothing, a nanosecond, up to OTLP's longest span: 2^64 ns. */
const duration = fc.oneof(
  fc.constantFrom(0, 0.001, 0.5, 1, 3, 257_800, 120_000_000, 2 ** 64 / 1_000),
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.double({ min: 0.001, max: 2 ** 64 / 1_000, noNaN: true }),
);
const durations = fc.array(duration, { maxLength: 200 });

function sketchOf(values: readonly number[]): RecordingSketch {
  const sketch = newSketch();
  for (const value of values) sketch.add(microseconds(value));
  return sketch;
}

const shares = [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1];
const quantiles = (sketch: RecordingSketch) => shares.map((share) => sketch.quantile(share));

function assertSame(actual: RecordingSketch, expected: RecordingSketch): void {
  assert.deepEqual(
    [actual.count, actual.min, actual.max, quantiles(actual)],
    [expected.count, expected.min, expected.max, quantiles(expected)],
  );
  assert.ok(Math.abs(actual.total - expected.total) <= expected.total * 1e-12, 'total');
}

describe('a sketch of durations', () => {
  it('keeps count, minimum, maximum and total exact', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sketch = sketchOf(values);
        assert.equal(sketch.count, values.length);
        assert.equal(
          sketch.total,
          values.reduce((total, value) => total + value, 0),
        );
        if (values.length === 0) return;
        assert.equal(sketch.min, Math.min(...values));
        assert.equal(sketch.max, Math.max(...values));
      }),
    );
  });

  it('answers every quantile within 1 % of the exact one', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const answer = sketchOf(values).quantile(share);
        if (values.length === 0) {
          assert.equal(answer, undefined);
          return;
        }
        const exact = values.toSorted((a, b) => a - b)[
          Math.max(0, Math.ceil(share * values.length) - 1)
        ]!;
        assert.ok(Math.abs(answer! - exact) <= exact * 0.01, `${answer} for ${exact}`);
      }),
    );
  });

  it('answers the slowest of few durations as their p95', () => {
    for (const count of [2, 4, 19]) {
      const sketch = sketchOf([...Array<number>(count - 1).fill(10), 2_000_000]);
      assert.equal(sketch.quantile(0.95), 2_000_000, `${count} durations`);
      assert.ok(sketch.quantile(0.5)! < 11);
    }
    assert.ok(sketchOf([...Array<number>(19).fill(10), 2_000_000]).quantile(0.95)! < 11);
  });

  it('answers a single duration as it was', () => {
    for (const value of [microseconds(3), fromMilliseconds(257.8), microseconds(0)]) {
      const sketch = newSketch();
      sketch.add(value);
      for (const answer of quantiles(sketch)) assert.equal(answer, value);
    }
  });

  it('refuses what is not a duration', () => {
    for (const value of [-1, NaN, Infinity])
      assert.throws(() => newSketch().add(microseconds(value)), RangeError);
  });
});

describe('a duration taken back', () => {
  it('leaves the sketch of the others: the extremes within 0.5 %', () => {
    const added = fc.array(duration, { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(added, fc.nat(), (values, pick) => {
        const at = pick % values.length;
        const sketch = sketchOf(values);
        assert.equal(sketch.remove(microseconds(values[at]!)), true);
        const others = values.toSpliced(at, 1);
        const expected = sketchOf(others);
        assert.equal(sketch.count, others.length);
        const sum = values.reduce((total, value) => total + value, 0);
        assert.ok(Math.abs(sketch.total - expected.total) <= sum * 1e-12);
        for (const extreme of ['min', 'max'] as const) {
          const right = expected[extreme];
          const wrong = Math.abs(sketch[extreme] - right);
          assert.ok(wrong <= Math.max(right * 0.0051, 1e-9), `${extreme} ${sketch[extreme]}`);
        }
        assert.equal(sketchFromBytes(sketch.toBytes()).count, others.length);
      }),
    );
  });

  it('that was never added changes nothing', () => {
    const sketch = sketchOf([5, 900]);
    assert.equal(sketch.remove(microseconds(70)), false);
    assert.equal(sketch.remove(microseconds(0)), false);
    assert.deepEqual([sketch.count, sketch.total], [2, 905]);
  });
});

describe('mergeSketches', () => {
  it('answers what one sketch of all the durations answers', () => {
    fc.assert(
      fc.property(fc.array(durations, { maxLength: 5 }), (groups) => {
        assertSame(mergeSketches(groups.map(sketchOf)), sketchOf(groups.flat()));
      }),
    );
  });

  it('leaves what it merges as it was', () => {
    fc.assert(
      fc.property(durations, durations, (left, right) => {
        const parts = [sketchOf(left), sketchOf(right)];
        mergeSketches(parts).add(microseconds(7));
        assertSame(parts[0]!, sketchOf(left));
        assertSame(parts[1]!, sketchOf(right));
      }),
    );
  });

  it('keeps durations on both sides of 1 µs, where the library alone loses them', () => {
    const merged = mergeSketches([sketchOf([0.5, 0.25]), sketchOf([0.4, 1])]);
    assertSame(merged, sketchOf([0.5, 0.25, 0.4, 1]));
  });

  it('is empty for no sketches', () => {
    assert.deepEqual([mergeSketches([]).count, mergeSketches([]).quantile(0.5)], [0, undefined]);
  });

  it('refuses a sketch it did not make', () => {
    const other = {
      shape: 'sketch',
      count: 1,
      total: microseconds(1),
      max: microseconds(1),
      quantile: () => undefined,
    } as const;
    assert.throws(() => mergeSketches([other]), TypeError);
  });
});

describe('a stored sketch', () => {
  it('reads back as it was written, and goes on taking durations', () => {
    fc.assert(
      fc.property(durations, durations, (stored, added) => {
        const sketch = sketchFromBytes(sketchOf(stored).toBytes());
        assertSame(sketch, sketchOf(stored));
        for (const value of added) sketch.add(microseconds(value));
        assertSame(sketch, sketchOf([...stored, ...added]));
      }),
    );
  });

  it('is refused when damaged, never read as endless', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          sketchFromBytes(bytes);
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
        }
      }),
    );
    assert.throws(() => sketchFromBytes(Uint8Array.of(9)), /unknown format/);
  });
});
