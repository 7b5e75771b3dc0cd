import fc from 'fast-check';
import assert from 'node:assert/strict';
import { tickLabel, tickStep, timeTicks } from '../../../../src/core/waterfall/ticks.ts';

const labels = (start: number, end: number, most = 5) => {
  const ticks = timeTicks({ start, end }, most);
  const step = (ticks[1] ?? end) - (ticks[0] ?? start);
  return ticks.map((tick) => tickLabel(tick, step, end));
};

describe('timeTicks', () => {
  it('are round in every unit', () => {
    assert.deepEqual(labels(0, 3), ['0 µs', '1 µs', '2 µs', '3 µs']);
    assert.deepEqual(labels(0, 257_800), ['0 ms', '100 ms', '200 ms']);
    assert.deepEqual(labels(0, 2_450_000), ['0 s', '0.5 s', '1 s', '1.5 s', '2 s']);
    assert.deepEqual(labels(0, 120_000_000), [
      '0:00 min',
      '0:30 min',
      '1:00 min',
      '1:30 min',
      '2:00 min',
    ]);
    assert.deepEqual(labels(0, 5 * 3_600_000_000, 3), ['0:00:00 h', '2:00:00 h', '4:00:00 h']);
    assert.deepEqual(labels(0, 10 * 86_400_000_000, 2), ['0 d', '5 d', '10 d']);
  });

  it('a narrow part of a long trace gets labels that differ', () => {
    assert.deepEqual(labels(2_450_000, 2_450_400, 4), [
      '2450 ms',
      '2450.1 ms',
      '2450.2 ms',
      '2450.3 ms',
      '2450.4 ms',
    ]);
  });

  it('are few, ascending, inside the range and differ in their labels, for any range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.double({ min: 1, max: 1e15, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (start, length, most) => {
          const end = start + length;
          const ticks = timeTicks({ start, end }, most);
          assert.ok(ticks.length <= most + 1);
          ticks.forEach((tick, index) => {
            assert.ok(tick >= start - end * 1e-9 && tick <= end * (1 + 1e-9));
            assert.ok(index === 0 || tick > ticks[index - 1]!);
          });
          if (start > 1e6 * length) return;
          const step = (ticks[1] ?? end) - (ticks[0] ?? start);
          const texts = ticks.map((tick) => tickLabel(tick, step, end));
          assert.equal(new Set(texts).size, texts.length, texts.join());
        },
      ),
    );
  });

  it('a step is at least what was asked for, and no more than two and a half times it below a second', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (atLeast) => {
        const step = tickStep(atLeast);
        assert.ok(step >= atLeast * (1 - 1e-9) && step <= atLeast * 2.5 * (1 + 1e-9), `${step}`);
      }),
    );
  });
});
