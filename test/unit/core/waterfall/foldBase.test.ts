import fc from 'fast-check';
import assert from 'node:assert/strict';
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

  it('are few where all or nothing is folded', () => {
    const trace = traceFromOutline('root\n  a\n    b\n  c\n    d\n');
    assert.deepEqual(foldDifference(trace, allFolded(trace)), { base: 'all', flipped: [] });
    assert.deepEqual(foldDifference(trace, noFolds(trace)).flipped, []);
  });
});
