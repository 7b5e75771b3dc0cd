import fc from 'fast-check';
import assert from 'node:assert/strict';
import { barOf } from '../../../../src/core/waterfall/bar.ts';
import {
  clampRange,
  isWhole,
  panned,
  pannedTo,
  rangeAround,
  wholeRange,
  zoomed,
  type TimeRange,
} from '../../../../src/core/waterfall/timeRange.ts';

const length = ({ start, end }: TimeRange) => end - start;

describe('timeRange', () => {
  it('any range, however absurd, is brought inside the trace and keeps a length', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        (...any) => {
          const [start, end, duration] = any;
          const range = clampRange({ start, end }, duration);
          assert.ok(range.start >= 0 && range.end > range.start, JSON.stringify(range));
          assert.ok(range.end <= wholeRange(duration).end * (1 + 1e-9));
        },
      ),
    );
  });

  it('a trace without length has a range to divide by', () => {
    assert.deepEqual(wholeRange(0), { start: 0, end: 1 });
    assert.equal(isWhole(clampRange({ start: 0, end: 0 }, 0), 0), true);
  });

  it('moving to a span shows some of its bar and keeps the width', () => {
    const time = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(time, time, time, time, (...[start, long, from, wide]) => {
        const duration = start + long + 1;
        const range = clampRange({ start: from, end: from + wide }, duration);
        const moved = pannedTo(range, start, long, duration);
        assert.ok(barOf(start, long, moved) !== undefined, JSON.stringify(moved));
        assert.ok(Math.abs(length(moved) - length(range)) <= 1e-3);
      }),
    );
    assert.deepEqual(pannedTo({ start: 0, end: 100 }, 500, 50, 1_000), { start: 475, end: 575 });
    assert.deepEqual(pannedTo({ start: 0, end: 100 }, 500, 400, 1_000), { start: 490, end: 590 });
  });

  it('zooming in and out about a point gives the range back', () => {
    const range = { start: 400, end: 600 };
    const inside = zoomed(range, 0.5, 0.25, 1_000);
    assert.deepEqual(inside, { start: 425, end: 525 });
    assert.deepEqual(zoomed(inside, 2, 0.25, 1_000), range);
  });

  it('zooming out ends at the whole trace, zooming in at one microsecond', () => {
    assert.equal(isWhole(zoomed({ start: 10, end: 20 }, 1e9, 0.5, 1_000), 1_000), true);
    assert.equal(length(zoomed({ start: 10, end: 20 }, 1e-9, 0.5, 1_000)), 1);
  });

  it('panning keeps the length and stops at the ends', () => {
    assert.deepEqual(panned({ start: 100, end: 200 }, 0.5, 1_000), { start: 150, end: 250 });
    assert.deepEqual(panned({ start: 100, end: 200 }, -5, 1_000), { start: 0, end: 100 });
    assert.deepEqual(panned({ start: 100, end: 200 }, 50, 1_000), { start: 900, end: 1_000 });
  });

  it('ends given in the wrong order are put right', () => {
    assert.deepEqual(clampRange({ start: 300, end: 100 }, 1_000), { start: 100, end: 300 });
  });

  it('the range around a span shows all of it with air at both sides', () => {
    assert.deepEqual(rangeAround(400, 100, 1_000), { start: 395, end: 505 });
  });
});
