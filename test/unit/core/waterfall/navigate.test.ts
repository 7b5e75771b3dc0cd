import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { groupSiblings } from '../../../../src/core/waterfall/groups.ts';
import { refAt, lineOf, lineShowing, linePlaces } from '../../../../src/core/waterfall/lineRefs.ts';
import { layOutLines, noLines } from '../../../../src/core/waterfall/lines.ts';
import { firstChildOf, moveSelection, parentOf } from '../../../../src/core/waterfall/navigate.ts';
import { wholeView } from '../../../../src/core/waterfall/viewState.ts';
import { traceFromOutline } from '../../../support/shapes.ts';
import { anyViewed } from '../../../support/viewStates.ts';

const trace = traceFromOutline('root\n  handler\n    query\n  after\n');
const all = layOutLines(trace, groupSiblings(trace), wholeView(trace));
const at = (row: number) => ({ row: spanRow(row), group: -1 });

describe('moveSelection', () => {
  it('down then up returns, but for the last line', () => {
    fc.assert(
      fc.property(anyViewed(), fc.nat(), ({ trace: any, groups, view, matches }, pick) => {
        const lines = layOutLines(any, groups, view, matches);
        fc.pre(lines.count > 0);
        const from = refAt(lines, pick % lines.count);
        const down = moveSelection(lines, from, 'down');
        if (pick % lines.count === lines.count - 1) assert.deepEqual(down, from);
        else assert.deepEqual(moveSelection(lines, down, 'up'), from);
      }),
    );
  });

  it('Home, End and page keys stay inside the lines', () => {
    assert.deepEqual(moveSelection(all, at(2), 'home'), at(0));
    assert.deepEqual(moveSelection(all, at(2), 'end'), at(3));
    assert.deepEqual(moveSelection(all, at(2), 'pageUp', 20), at(0));
    assert.deepEqual(moveSelection(all, at(0), 'pageDown', 2), at(2));
  });

  it('begins at the first line, from below at the last; nowhere when there are no lines', () => {
    assert.deepEqual(moveSelection(all, undefined, 'down'), at(0));
    assert.deepEqual(moveSelection(all, undefined, 'up'), at(3));
    assert.equal(moveSelection(noLines, undefined, 'down'), undefined);
  });
});

describe('parentOf and firstChildOf', () => {
  it('go up and down the tree, and stay at its ends', () => {
    assert.deepEqual(parentOf(all, at(2)), at(1));
    assert.deepEqual(parentOf(all, at(0)), at(0));
    assert.deepEqual(firstChildOf(all, at(1)), at(2));
    assert.deepEqual(firstChildOf(all, at(3)), at(3));
  });
});

describe('lineShowing', () => {
  it('is the line of a span, or of its group or the nearest above it', () => {
    fc.assert(
      fc.property(anyViewed(), fc.nat(), ({ trace: any, groups, view, matches }, pick) => {
        const lines = layOutLines(any, groups, view, matches);
        const row = spanRow(pick % any.size);
        const line = lineShowing(any, groups, lines, row);
        if (lines.count === 0) assert.equal(line, -1);
        else assert.ok(line >= 0 && line < lines.count);
        const own = lineOf(lines, { row, group: -1 });
        if (own >= 0) assert.equal(line, own);
      }),
    );
  });
});

describe('linePlaces', () => {
  it('counts the lines below each line', () => {
    const { position, setSize } = linePlaces(all);
    assert.deepEqual([...position], [1, 1, 1, 2]);
    assert.deepEqual([...setSize], [1, 2, 1, 2]);
  });
});
