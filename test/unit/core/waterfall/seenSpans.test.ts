import fc from 'fast-check';
import assert from 'node:assert/strict';
import { microseconds, spanRow } from '../../../../src/core/base/units.ts';
import { seenSpans } from '../../../../src/core/waterfall/seenSpans.ts';
import { clampRange, wholeRange } from '../../../../src/core/waterfall/timeRange.ts';
import { anyTrace } from '../../../support/shapes.ts';

/** Whether a row is the other one or below it, by walking up. */
function isWithin(parent: Int32Array, row: number, top: number): boolean {
  for (let at = row; at >= 0; at = parent[at]!) if (at === top) return true;
  return false;
}

describe('seenSpans', () => {
  it('are those that run in the range, are in focus, long enough and left by the filter', () => {
    fc.assert(
      fc.property(
        anyTrace(),
        fc.option(fc.tuple(fc.nat(2_000), fc.nat(2_000)), { nil: undefined }),
        fc.option(fc.nat(), { nil: undefined }),
        fc.nat(300),
        fc.func(fc.boolean()),
        (trace, times, focused, shortest, isLeft) => {
          const { start, duration, parent } = trace.columns;
          const range = times
            ? clampRange({ start: times[0], end: times[1] }, trace.duration)
            : wholeRange(trace.duration);
          const focus = focused === undefined ? undefined : spanRow(focused % trace.size);
          const only = Uint8Array.from(start, (_, row) => Number(isLeft(row)));
          const seen = seenSpans(trace, { range, focus, shortest: microseconds(shortest), only });
          assert.ok(seen);
          for (let row = 0; row < trace.size; row++) {
            const runs = start[row]! <= range.end && start[row]! + duration[row]! >= range.start;
            const isIn = focus === undefined || isWithin(parent, row, focus);
            const isSeen = only[row] === 1 && isIn && duration[row]! >= shortest && runs;
            assert.equal(seen[row] === 1, isSeen, `row ${row}`);
          }
        },
      ),
    );
  });

  it('are all where nothing is left out', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const range = wholeRange(trace.duration);
        const all = { range, focus: undefined, shortest: microseconds(0), only: undefined };
        assert.equal(seenSpans(trace, all), undefined);
      }),
    );
  });
});
