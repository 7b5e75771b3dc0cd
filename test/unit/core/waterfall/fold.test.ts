import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import {
  allFolded,
  foldedTo,
  hasChildren,
  noFolds,
  revealing,
  revealingAll,
  withFold,
} from '../../../../src/core/waterfall/fold.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';

const trace = traceFromOutline(`
root
  handler
    query
  after
`);

describe('folds', () => {
  it('only a span with children can be folded', () => {
    assert.equal(hasChildren(trace, spanRow(2)), false);
    const folds = noFolds(trace);
    assert.equal(withFold(trace, folds, spanRow(2), true), folds);
    assert.equal(withFold(trace, folds, spanRow(99), true), folds);
    assert.deepEqual([...withFold(trace, folds, spanRow(1), true)], [0, 1, 0, 0]);
  });

  it('fold then unfold returns, and leaves what it was given alone', () => {
    fc.assert(
      fc.property(anyTrace(), fc.nat(39), (any, row) => {
        const before = noFolds(any);
        const folded = withFold(any, before, spanRow(row), true);
        assert.deepEqual(withFold(any, folded, spanRow(row), false), noFolds(any));
        assert.deepEqual(before, noFolds(any));
      }),
    );
  });

  it('revealing a row of any trace gives it a line', () => {
    fc.assert(
      fc.property(anyTrace(), fc.nat(), (any, pick) => {
        const row = spanRow(pick % any.size);
        const folds = revealing(any, allFolded(any), row);
        for (let at = any.columns.parent[row]!; at >= 0; at = any.columns.parent[at]!)
          assert.equal(folds[at], 0);
      }),
    );
  });

  it('revealing what is shown changes nothing', () => {
    const folds = withFold(trace, noFolds(trace), spanRow(1), true);
    assert.equal(revealing(trace, folds, spanRow(3)), folds);
  });

  it('folds but above marked rows', () => {
    assert.deepEqual([...foldedTo(trace, Uint8Array.of(0, 0, 1, 0))], [0, 0, 0, 0]);
    assert.deepEqual([...foldedTo(trace, Uint8Array.of(0, 1, 0, 0))], [0, 1, 0, 0]);
  });

  it('revealing marked rows unfolds them and leaves other folds', () => {
    const folds = revealingAll(allFolded(trace), Uint8Array.of(1, 0, 0, 0));
    assert.deepEqual([...folds], [0, 1, 0, 0]);
  });
});
