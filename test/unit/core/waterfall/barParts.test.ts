import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import {
  coveredByChildren,
  criticalRuns,
  criticalTimeOf,
  subtreeOf,
} from '../../../../src/core/waterfall/barParts.ts';
import type { CoveredRun } from '../../../../src/core/waterfall/timeCells.ts';
import type { TimeRange } from '../../../../src/core/waterfall/timeRange.ts';
import { anyTrace } from '../../../support/shapes.ts';
import { makeSpan } from '../../../support/span.ts';

const anyRange = fc
  .tuple(fc.nat(1_500), fc.integer({ min: 1, max: 1_500 }))
  .map(([start, length]): TimeRange => ({ start, end: start + length }));
const someCells = fc.integer({ min: 1, max: 300 });

/** By cell, whether any of these times is in it: each is in one at least. */
function cellsOf(
  times: readonly (readonly [number, number])[],
  { start, end }: TimeRange,
  cells: number,
): boolean[] {
  const scale = cells / (end - start);
  const inRange = times.filter(([from, to]) => from < to && to > start && from < end);
  return Array.from({ length: cells }, (_, cell) =>
    inRange.some(([from, to]) => {
      const first = Math.max(0, Math.floor((from - start) * scale));
      return first <= cell && cell < Math.max(first + 1, Math.ceil((to - start) * scale));
    }),
  );
}

function marked(runs: readonly CoveredRun[], cells: number): boolean[] {
  const found = Array<boolean>(cells).fill(false);
  let until = -1;
  for (const { from, to } of runs) {
    assert.ok(until < from && from < to && to <= 1, 'apart and ascending');
    found.fill(true, Math.round(from * cells), Math.round(to * cells));
    until = to;
  }
  return found;
}

describe('the parts of a bar', () => {
  it('that are on the critical path are where they ran, of a row or of all below it', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyTrace(), anyRange, someCells, fc.nat(), fc.boolean()),
        ([trace, range, cells, at, isWhole]) => {
          const row = at % trace.size;
          const { columns } = trace;
          const rows = isWhole ? subtreeOf(columns, row) : { from: row, to: row + 1 };
          const times: [number, number][] = [];
          const last = columns.criticalParts[rows.to]!;
          for (let part = columns.criticalParts[rows.from]!; part < last; part++)
            times.push([columns.criticalFrom[part]!, columns.criticalTo[part]!]);
          const runs = criticalRuns(columns, [rows], range, cells);
          assert.deepEqual(marked(runs, cells), cellsOf(times, range, cells));
          const time = times.reduce((sum, [from, to]) => sum + to - from, 0);
          assert.ok(Math.abs(criticalTimeOf(columns, [rows]) - time) < 1e-6);
        },
      ),
    );
  });

  it('that children cover are where one of them ran', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyTrace(), anyRange, someCells, fc.nat()),
        ([trace, range, cells, at]) => {
          const row = at % trace.size;
          const { start, duration, parent } = trace.columns;
          const end = start[row]! + duration[row]!;
          const times = [...parent.keys()]
            .filter((child) => parent[child] === row)
            .map((child): [number, number] => [
              Math.max(start[row]!, start[child]!),
              Math.min(end, start[child]! + duration[child]!),
            ]);
          const runs = coveredByChildren(trace.columns, row, range, cells);
          assert.deepEqual(marked(runs, cells), cellsOf(times, range, cells));
        },
      ),
    );
  });

  it('are few where a request waits for thousands of calls in turn, and all there when zoomed in', () => {
    const calls = Array.from({ length: 5_000 }, (_, at) =>
      makeSpan({ id: `c${at}`, parent: 'root', start: at * 10, duration: 9 }),
    );
    const { trace } = buildTrace([makeSpan({ id: 'root', duration: 100_000 }), ...calls]);
    const range = { start: 0, end: 100_000 };
    const own = { from: 0, to: 1 };
    assert.deepEqual(coveredByChildren(trace.columns, 0, range, 400), [{ from: 0, to: 0.5 }]);
    assert.deepEqual(criticalRuns(trace.columns, [own], range, 400), [{ from: 0, to: 1 }]);
    const zoomed = { start: 0, end: 100 };
    assert.equal(criticalRuns(trace.columns, [own], zoomed, 1_000).length, 10);
  });
});
