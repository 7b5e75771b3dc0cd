import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { firstLook } from '../../../../src/core/waterfall/firstLook.ts';
import { groupSiblings } from '../../../../src/core/waterfall/groups.ts';
import { layOutLines } from '../../../../src/core/waterfall/lines.ts';
import { revealed, rowChanges } from '../../../../src/core/waterfall/viewChanges.ts';
import { openingView } from '../../../../src/core/waterfall/viewState.ts';
import { makeSpan } from '../../../support/span.ts';
import { anyViewed } from '../../../support/viewStates.ts';

describe('how a trace opens', () => {
  it('looks first at the line that stands for most of the critical path', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace, groups }) => {
        const view = openingView(trace);
        const lines = layOutLines(trace, groups, view);
        const line = firstLook(trace, groups, view, lines);
        assert.ok(line);
        const { criticalTime, subtreeSize } = trace.columns;
        const stoodFor = (row: number, isWhole: boolean) =>
          criticalTime
            .subarray(row, row + (isWhole ? subtreeSize[row]! : 1))
            .reduce((sum, time) => sum + time, 0);
        const own = Array.from({ length: lines.count }, (_, at) =>
          lines.group[at]! < 0
            ? stoodFor(lines.row[at]!, view.folds[lines.row[at]!] === 1)
            : [...groups.of.keys()]
                .filter((row) => groups.of[row] === lines.group[at])
                .reduce((sum, row) => sum + stoodFor(row, true), 0),
        );
        const at = line.group < 0 ? lines.lineOfRow[line.row]! : lines.lineOfGroup[line.group]!;
        assert.ok(Math.abs(own[at]! - Math.max(...own)) < 1e-6);
      }),
    );
  });
});

describe('changes of the rows', () => {
  it('to errors open a chain of failures that is as deep as the trace', () => {
    const size = 60_000;
    const spans = Array.from({ length: size }, (_, at) =>
      makeSpan({
        id: String(at),
        parent: at === 0 ? undefined : String(at - 1),
        start: at,
        duration: 2 * (size - at),
        status: 'error',
      }),
    );
    const { trace } = buildTrace(spans);
    const viewed = { shape: trace, groups: groupSiblings(trace), matches: undefined };
    const view = rowChanges.toErrors(openingView(trace), viewed);
    assert.equal(layOutLines(trace, viewed.groups, view).count, size);
  });

  it('everything has a line for every span, whatever was hidden', () => {
    fc.assert(
      fc.property(anyViewed(), ({ trace, groups, view, matches }) => {
        const next = rowChanges.everything(view, { shape: trace, groups, matches });
        assert.equal(layOutLines(trace, groups, next, matches).count, trace.size);
      }),
    );
  });

  it('give any span a line again, whatever hid it', () => {
    fc.assert(
      fc.property(anyViewed(), fc.nat(), ({ trace, groups, view, matches }, pick) => {
        const row = spanRow(pick % trace.size);
        const next = revealed(row)(view, { shape: trace, groups, matches });
        const lines = layOutLines(trace, groups, next, matches);
        assert.ok(lines.lineOfRow[row]! >= 0);
        assert.equal(revealed(row)(next, { shape: trace, groups, matches }), next);
      }),
    );
  });
});
