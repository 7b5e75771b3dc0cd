import fc from 'fast-check';
import assert from 'node:assert/strict';
import { axisTicks } from '../../../../src/core/waterfall/axisTicks.ts';

describe('the times of the axis', () => {
  const labels = (start: number, end: number, width: number) =>
    axisTicks({ start, end }, width).map(({ label }) => label);

  it('stay in the unit of their step where there is one only', () => {
    assert.deepEqual(labels(3_123_456, 6_912_345, 100), ['5 s']);
    assert.deepEqual(labels(312.3456, 691.2345, 100), ['500 µs']);
  });

  it('are two in a narrow page, one where two have no room', () => {
    assert.deepEqual(labels(0, 3_000_000, 150), ['0 s', '2 s']);
    assert.deepEqual(labels(0, 3_000_000, 100), ['0 s']);
  });

  it('are told apart, inside the range and in order', () => {
    const part = fc.double({ min: 0, max: 1e11, noNaN: true });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 60, max: 3_000 }), (one, other, width) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(end - start >= 1);
        const ticks = axisTicks({ start, end }, width);
        assert.ok(ticks.every(({ at }) => at >= 0 && at <= 1));
        assert.deepEqual(
          ticks,
          ticks.toSorted((a, b) => a.at - b.at),
        );
        assert.equal(new Set(ticks.map(({ label }) => label)).size, ticks.length);
      }),
    );
  });
});
