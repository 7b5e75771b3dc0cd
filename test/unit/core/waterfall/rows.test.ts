import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import type { Trace } from '../../../../src/core/trace/trace.ts';
import { allFolded, noFolds, withFold } from '../../../../src/core/waterfall/fold.ts';
import { lineOf, nearestLine, rowAt, visibleRows } from '../../../../src/core/waterfall/rows.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';

const trace = traceFromOutline(`
root
  guard
  handler
    query
    query
  after
`);

/** Ancestors first, as the definition says it: none of a visible row's ancestors is folded. */
const slowlyVisible = ({ columns, size }: Trace, folds: Uint8Array): readonly number[] =>
  Array.from({ length: size }, (_, row) => row).filter((row) => {
    for (let at = columns.parent[row] ?? -1; at >= 0; at = columns.parent[at] ?? -1)
      if (folds[at] === 1) return false;
    return true;
  });

describe('visibleRows', () => {
  it('shows every span when nothing is folded', () => {
    assert.deepEqual([...visibleRows(trace, noFolds(trace))], [0, 1, 2, 3, 4, 5]);
  });

  it('leaves out what is under a folded span, not the span itself', () => {
    const folds = withFold(trace, noFolds(trace), spanRow(2), true);
    assert.deepEqual([...visibleRows(trace, folds)], [0, 1, 2, 5]);
    assert.deepEqual([...visibleRows(trace, allFolded(trace))], [0]);
  });

  it('keeps only what is marked when told to', () => {
    const kept = Uint8Array.of(1, 0, 1, 0, 1, 0);
    assert.deepEqual([...visibleRows(trace, noFolds(trace), kept)], [0, 2, 4]);
  });

  it('agrees with the definition for any trace and folds', () => {
    fc.assert(
      fc.property(anyTrace(), fc.array(fc.boolean(), { maxLength: 40 }), (any, choices) => {
        let folds = noFolds(any);
        choices.forEach((folded, row) => {
          folds = withFold(any, folds, spanRow(row), folded);
        });
        assert.deepEqual([...visibleRows(any, folds)], slowlyVisible(any, folds));
      }),
    );
  });
});

describe('lineOf and nearestLine', () => {
  const folds = withFold(trace, noFolds(trace), spanRow(2), true);
  const rows = visibleRows(trace, folds);

  it('finds the line of a row and the row of a line', () => {
    assert.equal(lineOf(rows, spanRow(5)), 3);
    assert.equal(rowAt(rows, 3), 5);
    assert.equal(rowAt(rows, 4), undefined);
  });

  it('has no line for a row under a fold; the nearest is its folded ancestor', () => {
    assert.equal(lineOf(rows, spanRow(4)), -1);
    assert.equal(nearestLine(trace, rows, spanRow(4)), 2);
  });

  it('answers -1 when there are no lines', () => {
    assert.equal(nearestLine(trace, new Uint32Array(0), spanRow(4)), -1);
  });

  it('finds every visible row of any trace', () => {
    fc.assert(
      fc.property(anyTrace(), (any) => {
        const all = visibleRows(any, noFolds(any));
        all.forEach((row, line) => assert.equal(lineOf(all, spanRow(row)), line));
      }),
    );
  });
});
