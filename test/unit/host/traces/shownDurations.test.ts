import assert from 'node:assert/strict';
import { microseconds } from '../../../../src/core/base/units.ts';
import { readDurationRange, shownDurations } from '../../../../src/host/traces/shownDurations.ts';
import type { SearchState } from '../../../../src/host/traces/traceSearch.ts';

const stateOf = (
  durations: readonly number[],
  change: Partial<SearchState['form']> = {},
  isPart = false,
) =>
  shownDurations({
    found: durations.map((duration) => ({ duration: microseconds(duration), errorCount: 0 })),
    inRange: 7,
    form: { order: 'newest', traceDuration: undefined, ...change },
    isPart,
  } as unknown as SearchState);

describe('what the Durations view draws', () => {
  it('is all that was found, with the buckets that are chosen', () => {
    const range = { from: microseconds(100), to: microseconds(120) };
    const { buckets, chosen, part, inRange } = stateOf([101, 118, 125], { traceDuration: range });
    assert.deepEqual(
      buckets.map(({ traces }) => traces),
      [1, 1, 1],
    );
    assert.deepEqual(chosen, { first: 0, last: 1 });
    assert.equal(part, 'all');
    assert.equal(inRange, 7, 'however many of them are listed');
  });

  it('says which traces they are where the source has more', () => {
    assert.equal(stateOf([1], {}, true).part, 'latest');
    assert.equal(stateOf([1], { order: 'slowest' }, true).part, 'slowest');
  });

  it('takes no range that is none', () => {
    assert.equal(readDurationRange({ range: undefined }), undefined);
    assert.deepEqual(readDurationRange({ range: { from: 1, to: 2 } }), { from: 1, to: 2 });
    for (const range of [
      { from: 2, to: 1 },
      { from: -1, to: 1 },
      { from: NaN, to: 1 },
      'all',
      { from: '1', to: 2 },
    ])
      assert.throws(() => readDurationRange({ range }), /Invalid request/);
  });
});
