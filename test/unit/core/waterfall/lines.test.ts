import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Trace } from '../../../../src/core/trace/trace.ts';
import { membersOf, type SpanGroups } from '../../../../src/core/waterfall/groups.ts';
import { keptSpans, layOutLines } from '../../../../src/core/waterfall/lines.ts';
import type { ViewState } from '../../../../src/core/waterfall/viewState.ts';
import { anyViewed } from '../../../support/viewStates.ts';

/** Line by line as a reader would write them down, with recursion. */
function slowly(
  { columns, size }: Trace,
  groups: SpanGroups,
  view: ViewState,
  matches: Uint8Array | undefined,
): readonly string[] {
  const kept = keptSpans({ columns, size } as Trace, view, matches);
  const isKept = (row: number) => kept?.[row] !== 0;
  const all = Array.from({ length: size }, (_, row) => row);
  const childrenOf = (row: number) => all.filter((one) => columns.parent[one] === row);
  const lines: string[] = [];
  const showSpan = (row: number, level: number) => {
    lines.push(`${String(level)} ${String(row)}`);
    if (view.folds[row] !== 1) showSiblings(childrenOf(row), level + 1);
  };
  const showSiblings = (siblings: readonly number[], level: number) => {
    const seen = new Set<number>();
    for (const row of siblings.filter(isKept)) {
      const group = view.isGrouped ? groups.of[row]! : -1;
      const members = group < 0 ? [] : [...membersOf(groups, group)].filter(isKept);
      if (members.length < 2) showSpan(row, level);
      else if (!seen.has(group)) {
        seen.add(group);
        lines.push(`${String(level)} group ${String(group)}`);
        if (view.openGroups.has(group)) for (const member of members) showSpan(member, level + 1);
      }
    }
  };
  if (view.focus === undefined) showSiblings(childrenOf(-1), 0);
  else if (isKept(view.focus)) showSpan(view.focus, 0);
  return lines;
}

describe('layOutLines', () => {
  it('agrees with the obvious way for any trace and any view', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace: any, groups, view, matches }) => {
        const lines = layOutLines(any, groups, view, matches);
        const shown = Array.from({ length: lines.count }, (_, line) => {
          const group = lines.group[line]!;
          const what = group < 0 ? String(lines.row[line]) : `group ${String(group)}`;
          return `${String(lines.level[line])} ${what}`;
        });
        assert.deepEqual(shown, slowly(any, groups, view, matches));
      }),
    );
  });

  it('puts each line a level below the one it belongs to, and finds spans and groups again', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace: any, groups, view, matches }) => {
        const lines = layOutLines(any, groups, view, matches);
        for (let line = 0; line < lines.count; line++) {
          const parent = lines.parent[line]!;
          assert.ok(parent < line);
          assert.equal(lines.level[line], parent < 0 ? 0 : lines.level[parent]! + 1);
          const group = lines.group[line]!;
          const found = group < 0 ? lines.lineOfRow[lines.row[line]!] : lines.lineOfGroup[group];
          assert.equal(found, line);
        }
      }),
    );
  });
});

describe('keptSpans', () => {
  it('keeps long spans and all above them, whatever their own length', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace: any, view }) => {
        const kept = keptSpans(any, { ...view, onlyMatches: false });
        if (view.shortest === 0) assert.equal(kept, undefined);
        const { duration, subtreeSize } = any.columns;
        kept?.forEach((one, row) => {
          const below = duration.subarray(row, row + subtreeSize[row]!);
          assert.equal(one, below.some((length) => length >= view.shortest) ? 1 : 0);
        });
      }),
    );
  });
});
