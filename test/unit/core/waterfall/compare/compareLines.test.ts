import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Sides } from '../../../../../src/core/trace/compare/comparison.ts';
import type { PlacedCall } from '../../../../../src/core/trace/compare/differenceText.ts';
import {
  callLines,
  differingCalls,
  sortedLines,
  type CompareSort,
} from '../../../../../src/core/waterfall/compare/compareLines.ts';

const call = (parent: number, calls: Sides, critical: Sides): PlacedCall => ({
  id: 0,
  parent,
  name: '',
  service: '',
  place: '',
  errors: [0, 0],
  calls,
  critical,
  total: critical,
  self: critical,
});

const anySides = fc.tuple(fc.nat(100), fc.nat(100));
const anyCalls = fc
  .array(fc.tuple(fc.nat(), anySides, anySides), { maxLength: 30 })
  .map((seeds) =>
    seeds.map(([parent, calls, times], at) => call((parent % (at + 1)) - 1, calls, times)),
  );
const byDifference: CompareSort = { key: 'difference', ascending: false };
const view = {
  sort: byDifference,
  measure: 'critical',
  isOpen: () => true,
  shown: undefined,
} as const;

/** The same by recursion. */
function slowly(
  calls: readonly PlacedCall[],
  parent = -1,
  level = 1,
): (readonly [number, number])[] {
  const change = ({ critical }: PlacedCall) => Math.abs(critical[1] - critical[0]);
  return calls
    .map((one, at) => ({ one, at }))
    .filter(({ one }) => one.parent === parent)
    .sort((a, b) => change(b.one) - change(a.one) || a.at - b.at)
    .flatMap(({ at }) => [[at, level] as const, ...slowly(calls, at, level + 1)]);
}

describe('the lines of a comparison', () => {
  it('are as many as one call makes, each of another name', () => {
    const calls = Array.from({ length: 150_000 }, (_, at) =>
      call(at === 0 ? -1 : 0, [1, 1], [1, 1]),
    );
    assert.equal(callLines(calls, view).length, calls.length);
  });

  it('are each call below what calls it, the largest differences of siblings first', () => {
    fc.assert(
      fc.property(anyCalls, (calls) => {
        const lines = callLines(calls, view).map(({ at, level }) => [at, level]);
        assert.deepEqual(lines, slowly(calls));
      }),
    );
  });

  it('count siblings, and none below a closed call', () => {
    const calls = [call(-1, [1, 1], [1, 9]), call(0, [1, 1], [0, 5]), call(0, [1, 1], [1, 2])];
    const closed = callLines(calls, { ...view, isOpen: () => false });
    assert.deepEqual(closed, [{ at: 0, level: 1, isOpen: false, position: 1, setSize: 1 }]);
    assert.deepEqual(
      callLines(calls, view).map(({ position, setSize, isOpen }) => [position, setSize, isOpen]),
      [
        [1, 1, true],
        [1, 2, undefined],
        [2, 2, undefined],
      ],
    );
  });

  it('of differences are those that differ in calls or notably in time, and what leads there', () => {
    const calls = [
      call(-1, [1, 1], [1_000, 1_005]),
      call(0, [1, 1], [400, 409]),
      call(0, [1, 1], [500, 495]),
      call(2, [1, 2], [3, 4]),
      call(0, [1, 1], [50, 61]),
    ];
    const shown = differingCalls(calls, 'critical', [1_000, 1_005]);
    assert.deepEqual([...shown], [1, 0, 1, 1, 1]);
    const lines = callLines(calls, { ...view, sort: { key: 'path', ascending: true }, shown });
    assert.deepEqual(
      lines.map(({ at, isOpen }) => [at, isOpen]),
      [
        [0, true],
        [2, true],
        [3, undefined],
        [4, undefined],
      ],
    );
  });

  it('of differences are those too that failed in one of the traces', () => {
    const same = call(-1, [1, 1], [1_000, 1_000]);
    const calls = [same, { ...same, parent: 0 }, { ...same, parent: 0, errors: [1, 0] as const }];
    assert.deepEqual([...differingCalls(calls, 'critical', [1_000, 1_000])], [1, 0, 1]);
  });

  it('of code are sorted by what is asked for', () => {
    const lines = [
      { place: 'b.ts:1', calls: [1, 4] as const, self: [10, 11] as const },
      { place: 'a.ts:1', calls: [2, 1] as const, self: [90, 30] as const },
      { place: 'c.ts:1', calls: [1, 1] as const, self: [5, 40] as const },
    ];
    const sorted = (key: CompareSort['key'], ascending = false) =>
      sortedLines(lines, { key, ascending });
    assert.deepEqual(sorted('difference'), [1, 2, 0]);
    assert.deepEqual(sorted('calls'), [0, 1, 2]);
    assert.deepEqual(sorted('time'), [2, 1, 0]);
    assert.deepEqual(sorted('place', true), [1, 0, 2]);
    assert.deepEqual(sorted('path', true), [0, 1, 2]);
  });

  it('may be 72,000 deep', () => {
    const calls = Array.from({ length: 72_000 }, (_, at) => call(at - 1, [1, 1], [at, 0]));
    assert.equal(callLines(calls, view).at(-1)?.level, 72_000);
  });
});
