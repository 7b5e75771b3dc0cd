import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { noFolds, withFold } from '../../../../src/core/waterfall/fold.ts';
import { moveSelection, stepLeft, stepRight } from '../../../../src/core/waterfall/navigate.ts';
import { visibleRows } from '../../../../src/core/waterfall/rows.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';

const trace = traceFromOutline(`
root
  handler
    query
  after
`);
const open = noFolds(trace);
const all = visibleRows(trace, open);

describe('moveSelection', () => {
  it('down then up returns, but for the last row', () => {
    fc.assert(
      fc.property(anyTrace(), fc.nat(), (any, pick) => {
        const rows = visibleRows(any, noFolds(any));
        const from = spanRow(pick % any.size);
        const down = moveSelection(any, rows, from, 'down');
        if (from === any.size - 1) assert.equal(down, from);
        else assert.equal(moveSelection(any, rows, down, 'up'), from);
      }),
    );
  });

  it('Home, End and page keys stay inside the lines', () => {
    assert.equal(moveSelection(trace, all, spanRow(2), 'home'), 0);
    assert.equal(moveSelection(trace, all, spanRow(2), 'end'), 3);
    assert.equal(moveSelection(trace, all, spanRow(2), 'pageUp', 20), 0);
    assert.equal(moveSelection(trace, all, spanRow(0), 'pageDown', 2), 2);
  });

  it('begins at the first line, from below at the last; nowhere when there are no lines', () => {
    assert.equal(moveSelection(trace, all, undefined, 'down'), 0);
    assert.equal(moveSelection(trace, all, undefined, 'up'), 3);
    assert.equal(moveSelection(trace, new Uint32Array(0), undefined, 'down'), undefined);
  });

  it('goes on from the folded ancestor of a row that is hidden', () => {
    const rows = visibleRows(trace, withFold(trace, open, spanRow(1), true));
    assert.equal(moveSelection(trace, rows, spanRow(2), 'down'), 3);
  });
});

describe('stepLeft and stepRight', () => {
  it('Left folds an open span, and goes to the parent from a leaf or a folded one', () => {
    const folded = stepLeft(trace, open, spanRow(1));
    assert.deepEqual([folded.selected, folded.folds[1]], [1, 1]);
    assert.equal(stepLeft(trace, folded.folds, spanRow(1)).selected, 0);
    assert.equal(stepLeft(trace, open, spanRow(2)).selected, 1);
  });

  it('Left at a folded root and Right at a leaf change nothing', () => {
    const folds = withFold(trace, open, spanRow(0), true);
    assert.deepEqual(stepLeft(trace, folds, spanRow(0)), { folds, selected: 0 });
    assert.deepEqual(stepRight(trace, open, all, spanRow(3)), { folds: open, selected: 3 });
  });

  it('Right unfolds a folded span, and goes to the first child of an open one', () => {
    const folds = withFold(trace, open, spanRow(1), true);
    const rows = visibleRows(trace, folds);
    assert.deepEqual(stepRight(trace, folds, rows, spanRow(1)), { folds: open, selected: 1 });
    assert.equal(stepRight(trace, open, all, spanRow(1)).selected, 2);
  });
});
