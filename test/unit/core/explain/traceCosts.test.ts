import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spanRow } from '../../../../src/core/base/units.ts';
import { costKinds } from '../../../../src/core/explain/costKind.ts';
import { explainTrace } from '../../../../src/core/explain/traceCosts.ts';
import { traceFacts } from '../../../../src/core/explain/traceFacts.ts';
import type { MappedTrace } from '../../../../src/core/matching/mappedTrace.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { criticalPathLength } from '../../../../src/core/trace/mainRoot.ts';
import type { Trace } from '../../../../src/core/trace/trace.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { noLoops } from '../../../support/noLoops.ts';
import { usersApp } from '../../../support/recordedApps.ts';
import { readRecording } from '../../../support/recordedSpans.ts';
import { anyTrace } from '../../../support/shapes.ts';
import { makeSpan } from '../../../support/span.ts';

const unmapped = (trace: Trace): MappedTrace => ({
  trace,
  matches: trace.spans.map(() => ({ confidence: 'unmapped', cause: 'namesNoCode', reason: '' })),
});

describe('where the time of one trace went', () => {
  it('has for each line its first row, which stands for the others of the line too', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const { costs, rowsOf } = explainTrace(unmapped(trace), noLoops);
        for (const { row, cost } of costs!.lines) {
          const rows = rowsOf({ row });
          assert.equal(rows[0], row);
          assert.equal(rows.length, cost.calls);
          assert.deepEqual(rowsOf({ row: rows.at(-1)! }), rows);
        }
        const first = costs!.lines.map(({ row }) => row);
        assert.equal(new Set(first).size, first.length);
      }),
    );
  });

  it('has for each kind rows whose own time adds up to its share', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const { costs, rowsOf } = explainTrace(unmapped(trace), noLoops);
        const { criticalTime } = trace.columns;
        const whole = criticalPathLength(trace.columns);
        for (const kind of costKinds) {
          const share = costs!.kinds.find((one) => one.kind === kind)?.share ?? 0;
          const time = rowsOf({ kind }).reduce((sum, row) => sum + criticalTime[row]!, 0);
          assert.ok(Math.abs(time - share * whole) < 1e-6 * (1 + whole));
        }
      }),
    );
  });

  it('counts what a request repeats at the line that calls it', () => {
    const mapped = mapSpans(readRecording('nest-prisma-spans', 'users-api', 'GET n+1'), usersApp);
    const { costs, rowsOf } = explainTrace(mapped, noLoops);
    const line = costs!.lines.find(({ cost }) => cost.location?.line === 33)!;
    assert.equal(line.cost.calls, 2);
    assert.equal(rowsOf({ row: line.row }).length, 2);
    assert.deepEqual(line.cost.below, []);
  });

  it('is that of the request where a preflight comes before it, each line by its own row', () => {
    const { trace } = buildTrace([
      makeSpan({ id: 'preflight', parent: 'browser', duration: 2 }),
      makeSpan({ id: 'request', parent: 'browser', start: 10, duration: 100 }),
      makeSpan({ id: 'query', parent: 'request', start: 20, duration: 80 }),
    ]);
    const { costs, rowsOf } = explainTrace(unmapped(trace), noLoops);
    assert.deepEqual(
      costs!.lines.map(({ row, cost }) => [row, cost.symbol, cost.share]),
      [
        [1, 'request', 1],
        [2, 'query', 0.8],
      ],
    );
    assert.deepEqual(rowsOf({ row: spanRow(2) }), [2]);
    assert.deepEqual(rowsOf({ row: spanRow(0) }), []);
    assert.equal(traceFacts(unmapped(trace)).costs[0]!.symbol, 'query');
  });

  it('of a trace without spans is nothing', () => {
    const { costs, rowsOf } = explainTrace(unmapped(buildTrace([]).trace), noLoops);
    assert.equal(costs, undefined);
    assert.deepEqual(rowsOf({ kind: 'code' }), []);
  });
});
