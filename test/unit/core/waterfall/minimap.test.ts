import fc from 'fast-check';
import assert from 'node:assert/strict';
import { minimapCells, minimapRuns } from '../../../../src/core/waterfall/minimap.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { makeSpan } from '../../../support/span.ts';

describe('minimapCells', () => {
  it('has a lane for each depth and marks where something fails', () => {
    const { trace } = buildTrace([
      makeSpan({ id: '1'.repeat(16), duration: 100, service: 'a' }),
      makeSpan({
        id: '2'.repeat(16),
        parent: '1'.repeat(16),
        start: 50,
        duration: 25,
        service: 'b',
        status: 'error',
      }),
    ]);
    const map = minimapCells(trace, 40, 4);
    assert.deepEqual([...map.cells], [1, 1, 1, 1, 0, 0, 2, 0]);
    assert.deepEqual([...map.errors], [0, 0, 1, 0]);
    assert.deepEqual(minimapRuns(map), [
      { service: 0, lane: 0, from: 0, to: 4 },
      { service: 1, lane: 1, from: 2, to: 3 },
    ]);
  });

  it('presses a deep trace into the lanes there are', () => {
    const outline = Array.from({ length: 50 }, (_, depth) => `${'  '.repeat(depth)}s`).join('\n');
    assert.equal(minimapCells(traceFromOutline(outline), 8, 10).lanes, 8);
  });

  it('the runs cover exactly the cells that are taken, and every span shows', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const map = minimapCells(trace, 40, 16);
        const covered = new Uint32Array(map.cells.length);
        for (const { service, lane, from, to } of minimapRuns(map))
          covered.fill(service + 1, lane * 16 + from, lane * 16 + to);
        assert.deepEqual(covered, map.cells);
        for (let lane = 0; lane < map.lanes; lane++)
          assert.ok(map.cells.subarray(lane * 16, lane * 16 + 16).some((cell) => cell > 0));
      }),
    );
  });
});
