import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { allFolded, noFolds } from '../../../../src/core/waterfall/fold.ts';
import { foldDifference, foldsOf } from '../../../../src/core/waterfall/foldBase.ts';
import { traceFromOutline } from '../../../support/shapes.ts';
import { anyViewed } from '../../../support/viewStates.ts';

describe('folds beside a base', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace, view: { folds } }) => {
        assert.deepEqual(foldsOf(trace, foldDifference(trace, folds)), folds);
      }),
    );
  });

  it('differ where it is said twice as where it is said once', () => {
    const trace = traceFromOutline('root\n  a\n    b\n');
    const flipped = [spanRow(1), spanRow(1)];
    assert.deepEqual([...foldsOf(trace, { base: 'none', flipped })], [0, 1, 0]);
  });

  it('are few where all or nothing is folded', () => {
    const trace = traceFromOutline('root\n  a\n    b\n  c\n    d\n');
    assert.deepEqual(foldDifference(trace, allFolded(trace)), { base: 'all', flipped: [] });
    assert.deepEqual(foldDifference(trace, noFolds(trace)).flipped, []);
  });
});
