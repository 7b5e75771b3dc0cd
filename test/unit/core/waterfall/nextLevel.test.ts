import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { groupSiblings } from '../../../../src/core/waterfall/groups.ts';
import { layOutLines } from '../../../../src/core/waterfall/lines.ts';
import { rowChanges } from '../../../../src/core/waterfall/viewChanges.ts';
import { wholeView, type ViewState } from '../../../../src/core/waterfall/viewState.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';
import { anyViewed, outlineOf } from '../../../support/viewStates.ts';

const { collapsedAll, expandedLevel } = rowChanges;

/** The names of all lines after collapsing all, and after each press until one shows no more. */
function levelsOf(outline: string, part: Partial<ViewState> = {}): readonly string[] {
  const trace = traceFromOutline(outline);
  const viewed = { shape: trace, groups: groupSiblings(trace), matches: undefined };
  const levels: string[] = [];
  let view = collapsedAll({ ...wholeView(trace), ...part }, viewed);
  for (let names = ''; names !== levels.at(-1); view = expandedLevel(view, viewed)) {
    if (names !== '') levels.push(names);
    names = outlineOf(trace, view)
      .map((line) => line.trim())
      .join(' ');
  }
  return levels;
}

describe('a level more', () => {
  it('is of what is in focus', () => {
    const chain = ['root', 'L1', 'L2', 'L3', 'L4', 'L5', 'leaf'];
    const outline = chain.map((name, depth) => '  '.repeat(depth) + name).join('\n');
    assert.deepEqual(levelsOf(outline, { focus: spanRow(3) }), [
      'L3',
      'L3 L4',
      'L3 L4 L5',
      'L3 L4 L5 leaf',
    ]);
  });

  it('opens a group, and then its members', () => {
    const outline = `root\n${'  call\n    query\n'.repeat(4)}`;
    assert.deepEqual(levelsOf(outline, { isGrouped: true }), [
      'root',
      'root × call',
      'root × call call call call call',
      `root × call${' call query'.repeat(4)}`,
    ]);
  });

  it('is a level deeper each time from the roots on, until every span has its line', () => {
    fc.assert(
      fc.property(anyTrace(), fc.boolean(), (trace, isGrouped) => {
        const viewed = { shape: trace, groups: groupSiblings(trace), matches: undefined };
        let view = collapsedAll({ ...wholeView(trace), isGrouped }, viewed);
        for (let level = 0; level <= trace.size * 2; level++) {
          const { level: levels, count } = layOutLines(trace, viewed.groups, view);
          assert.ok(Math.max(...levels.subarray(0, count)) <= level);
          view = expandedLevel(view, viewed);
        }
        assert.ok(layOutLines(trace, viewed.groups, view).lineOfRow.every((line) => line >= 0));
      }),
    );
  });

  it('adds lines at each press in any view, until everything that it leaves is shown', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace, groups, view: first, matches }) => {
        const viewed = { shape: trace, groups, matches };
        const countOf = (view: ViewState) => layOutLines(trace, groups, view, matches).count;
        const open = { ...first, folds: new Uint8Array(trace.size) };
        const all = countOf({ ...open, openGroups: new Set(Array(groups.count).keys()) });
        let view = first;
        while (countOf(view) < all) {
          const next = expandedLevel(view, viewed);
          assert.ok(countOf(next) > countOf(view));
          view = next;
        }
        assert.equal(expandedLevel(view, viewed), view);
      }),
    );
  });
});
