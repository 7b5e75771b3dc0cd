import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import {
  markRows,
  matchesWithAncestors,
  matchOrdinal,
  neighborMatch,
} from '../../../../src/core/waterfall/matches.ts';
import { anyTrace } from '../../../support/shapes.ts';

const anyMatches = anyTrace().chain((trace) =>
  fc
    .uint8Array({ min: 0, max: 1, minLength: trace.size, maxLength: trace.size })
    .map((matches) => ({ trace, matches })),
);

describe('matches', () => {
  it('keeps every match and its ancestors, and nothing else', () => {
    fc.assert(
      fc.property(anyMatches, ({ trace, matches }) => {
        matchesWithAncestors(trace, matches).forEach((kept, row) => {
          const below = matches.subarray(row, row + trace.columns.subtreeSize[row]!);
          assert.equal(kept, below.includes(1) ? 1 : 0);
        });
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
