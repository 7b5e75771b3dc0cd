import assert from 'node:assert/strict';
import { comparedTexts } from '../../../../media/waterfall/views/compare/comparisonTexts.ts';

describe('what a compared call says', () => {
  it('is in which of the traces it failed, where it did not in both alike', () => {
    const call = { name: 'GET', place: '', calls: [1, 1], times: [10, 10] } as const;
    const counts = (errors: readonly [number, number]) =>
      comparedTexts({ ...call, errors }, 0).texts[1];
    assert.equal(counts([1, 0]), '1 · 1 → 0 failed');
    assert.equal(counts([0, 1]), '1 · 0 → 1 failed');
    assert.equal(counts([1, 1]), '1');
    assert.equal(counts([0, 0]), '1');
  });
});
