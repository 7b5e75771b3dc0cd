import fc from 'fast-check';
import { microseconds, spanRow } from '../../src/core/base/units.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import { hasChildren } from '../../src/core/waterfall/fold.ts';
import { groupSiblings } from '../../src/core/waterfall/groups.ts';
import { layOutLines, type Lines } from '../../src/core/waterfall/lines.ts';
import { wholeView, type ViewState } from '../../src/core/waterfall/viewState.ts';
import { anyTrace } from './shapes.ts';

/** Any way to look at any trace, with any matches. */
export const anyViewed = (most = 40) =>
  anyTrace(most).chain((trace) => {
    const marks = fc.uint8Array({ max: 1, minLength: trace.size, maxLength: trace.size });
    const groups = groupSiblings(trace);
    return fc
      .record({
        matches: fc.option(marks, { nil: undefined }),
        folds: marks,
        isGrouped: fc.boolean(),
        open: fc.subarray(Array.from({ length: groups.count }, (_, group) => group)),
        focus: fc.option(fc.nat(trace.size - 1), { nil: undefined, freq: 3 }),
        shortest: fc.oneof(fc.constant(0), fc.nat(1_000)),
        onlyMatches: fc.boolean(),
      })
      .map(({ matches, folds, open, focus, shortest, ...rest }) => {
        const view: ViewState = {
          ...wholeView(trace),
          ...rest,
          folds: Uint8Array.from(folds, (fold, row) =>
            fold === 1 && hasChildren(trace, spanRow(row)) ? 1 : 0,
          ),
          openGroups: new Set(open),
          focus: focus === undefined ? undefined : spanRow(focus),
          shortest: microseconds(shortest),
        };
        return { trace, groups, view, matches };
      });
  });

/** The lines as an outline: `  4 × query` at a group's head. */
export function outlineOf(trace: Trace, view: Partial<ViewState> = {}): readonly string[] {
  const groups = groupSiblings(trace);
  const lines = layOutLines(trace, groups, { ...wholeView(trace), ...view });
  return Array.from({ length: lines.count }, (_, line) => outlineLine(trace, lines, line));
}

function outlineLine(trace: Trace, lines: Lines, line: number): string {
  const name = trace.operations[trace.columns.operation[lines.row[line]!]!]!;
  const sign = lines.group[line]! < 0 ? '' : '× ';
  return '  '.repeat(lines.level[line]!) + sign + name;
}
