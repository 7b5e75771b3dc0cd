import assert from 'node:assert/strict';
import fc from 'fast-check';
import { microseconds } from '../../../../../src/core/base/units.ts';
import type { Durations } from '../../../../../src/core/correlate/durations/durations.ts';
import { histogramOf } from '../../../../../src/core/correlate/durations/histogram.ts';
import { percentileAmong } from '../../../../../src/core/correlate/durations/percentileAmong.ts';
import { piecesOf } from '../../../../../src/core/correlate/durations/pieces.ts';
import { newSketch } from '../../../../../src/core/correlate/durations/sketch.ts';

const bounds = [10, 100, 1_000, 10_000, 100_000];

function told(values: readonly number[], shape: 'sketch' | 'histogram'): Durations {
  if (shape === 'sketch') {
    const sketch = newSketch();
    for (const value of values) sketch.add(microseconds(value));
    return sketch;
  }
  const counts = Array<number>(bounds.length + 1).fill(0);
  for (const value of values) {
    const at = bounds.findIndex((bound) => value <= bound);
    counts[at < 0 ? bounds.length : at]! += 1;
  }
  return histogramOf(bounds.map(microseconds), counts, { total: microseconds(0) });
}

const someValues = fc.array(fc.integer({ min: 1, max: 1_000_000 }), {
  minLength: 1,
  maxLength: 80,
});
const anyShape = fc.constantFrom('sketch' as const, 'histogram' as const);
const slack = 1 + 1e-9;

describe('the percentile of a duration', () => {
  it('says no more than is true, whatever the source knows of the others', () => {
    fc.assert(
      fc.property(
        someValues,
        anyShape,
        fc.integer({ min: 0, max: 1_100_000 }),
        (values, shape, at) => {
          const found = percentileAmong(piecesOf(told(values, shape)), microseconds(at))!;
          assert.equal(found.of, values.length);
          const shorter = values.filter((value) => value < at * slack).length;
          const longer = values.filter((value) => value * slack > at).length;
          assert.ok(found.slowerThan * found.of <= shorter + 1e-6);
          assert.ok(found.fasterThan * found.of <= longer + 1e-6);
          assert.ok(found.slowerThan + found.fasterThan <= 1 + 1e-9);
        },
      ),
    );
  });

  it('never falls as the duration grows', () => {
    fc.assert(
      fc.property(
        someValues,
        anyShape,
        fc.array(fc.nat(1_100_000), { maxLength: 20 }),
        (values, shape, at) => {
          const pieces = piecesOf(told(values, shape));
          let [slower, faster] = [0, 1];
          for (const duration of at.sort((a, b) => a - b)) {
            const found = percentileAmong(pieces, microseconds(duration))!;
            assert.ok(found.slowerThan >= slower && found.fasterThan <= faster);
            ({ slowerThan: slower, fasterThan: faster } = found);
          }
        },
      ),
    );
  });

  it('of a sketch is that of the durations themselves, but for those as long as it', () => {
    const values = Array.from({ length: 1_204 }, (_, at) => (at + 1) * 1_000);
    const found = percentileAmong(piecesOf(told(values, 'sketch')), microseconds(1_180_000))!;
    assert.ok(found.slowerThan > 0.969 && found.slowerThan <= 1_179 / 1_204);
  });

  it('among none is unknown', () => {
    assert.equal(percentileAmong([], microseconds(1)), undefined);
  });
});
