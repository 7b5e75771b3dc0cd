import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { allFolded, revealingAll } from '../../../../src/core/waterfall/fold.ts';
import {
  countMatches,
  markRows,
  matchesWithAncestors,
  matchOrdinal,
  neighborMatch,
} from '../../../../src/core/waterfall/matches.ts';
import { lineOf, visibleRows } from '../../../../src/core/waterfall/rows.ts';
import { anyTrace } from '../../../support/shapes.ts';

const anyMatches = anyTrace().chain((trace) =>
  fc
    .uint8Array({ min: 0, max: 1, minLength: trace.size, maxLength: trace.size })
    .map((matches) => ({ trace, matches })),
);

describe('matches', () => {
  it('only matches keeps every match and its ancestors, each with a line, whatever was folded', () => {
    fc.assert(
      fc.property(anyMatches, ({ trace, matches }) => {
        const kept = matchesWithAncestors(trace, matches);
        const rows = visibleRows(trace, revealingAll(allFolded(trace), kept), kept);
        assert.equal(rows.length, countMatches(kept));
        matches.forEach((match, row) => {
          if (match === 1) assert.ok(lineOf(rows, spanRow(row)) >= 0);
        });
        for (const row of rows) {
          const isNeeded = matches
            .subarray(row, row + trace.columns.subtreeSize[row]!)
            .some((match) => match === 1);
          assert.ok(isNeeded, `row ${row} is kept for a match under it`);
        }
      }),
    );
  });

  it('the next match of the previous one is where one was', () => {
    fc.assert(
      fc.property(anyMatches, ({ matches }) => {
        const first = neighborMatch(matches, undefined, 1);
        assert.equal(first, matches.indexOf(1) < 0 ? undefined : matches.indexOf(1));
        if (first === undefined) return;
        const next = neighborMatch(matches, first, 1);
        assert.equal(neighborMatch(matches, next, -1), first);
        assert.equal(neighborMatch(matches, undefined, -1), matches.lastIndexOf(1));
      }),
    );
  });

  it('going on from the last match begins again at the first', () => {
    const matches = Uint8Array.of(0, 1, 0, 1);
    assert.equal(neighborMatch(matches, spanRow(3), 1), 1);
    assert.equal(neighborMatch(matches, spanRow(1), -1), 3);
    assert.equal(neighborMatch(matches, spanRow(2), 1), 3);
  });

  it('counts a match among the matches', () => {
    assert.equal(matchOrdinal(Uint8Array.of(1, 0, 1, 1), spanRow(2)), 2);
  });

  it('rows outside the trace are not marked', () => {
    const trace = { size: 2 } as Parameters<typeof markRows>[0];
    assert.deepEqual([...markRows(trace, [spanRow(1), spanRow(7), spanRow(-1)])], [0, 1]);
  });
});
