import {
  epochMicroseconds,
  microseconds,
  spanRow,
  type SpanRow,
} from '../../../src/core/base/units.ts';
import type { SpanPercentile } from '../../../src/core/correlate/figures/spanPercentile.ts';
import { explainTrace } from '../../../src/core/explain/traceCosts.ts';
import type { SpanMatch } from '../../../src/core/matching/match.ts';
import type { Trace } from '../../../src/core/trace/trace.ts';
import { workspacePath } from '../../../src/host/paths.ts';
import { costHandlers } from '../../../src/host/waterfall/costHandlers.ts';
import type { Handlers } from '../../../src/protocol/rpc.ts';
import type { TraceCostMethods } from '../../../src/protocol/traceCosts.ts';
import { shownMatchOf } from './fakeMatches.ts';

const hour = 3_600_000_000;
const now = Date.UTC(2026, 0, 5, 12) * 1_000;

/** As the host answers, with calls of `OrdersService.removeItems` in a loop. */
export function fakeCosts(trace: () => Trace): Handlers<TraceCostMethods> {
  const explained = () =>
    explainTrace(
      { trace: trace(), matches: matchesOf(trace()) },
      {
        methodAt: () => undefined,
        around: (callId) =>
          callId.includes('OrderItem')
            ? [{ path: '/shop/src/orders/orders.service.ts', line: 81, column: 1 }]
            : [],
      },
    );
  return costHandlers({
    trace: {
      costs: () => Promise.resolve(explained().costs),
      costRows: (of) => Promise.resolve(explained().rowsOf(of)),
      percentile: (row) => Promise.resolve(row === 0 ? percentile : undefined),
    },
    folders: () => [workspacePath('/shop')],
    window: () => window,
    openCode: () => Promise.resolve({ opened: true, reason: '' }),
  });
}

const window = { start: epochMicroseconds(now - hour), end: epochMicroseconds(now) };

const percentile: SpanPercentile = {
  slowerThan: 0.9834,
  fasterThan: 0.0125,
  of: 1_204,
  operation: 'DELETE /api/orders/:id',
  figures: {
    count: 1_204,
    total: microseconds(400_000_000),
    max: microseconds(3_300_000),
    p50: microseconds(240_000),
    p95: microseconds(1_900_000),
    p99: microseconds(2_600_000),
    errors: 3,
    window,
    source: 'Jaeger',
    basis: 'complete',
    sampledTraces: undefined,
    fetchedAt: epochMicroseconds(now),
    layer: 'server',
    slowestTraceId: undefined,
  },
};

/** Of each row, as the story's code has it. */
export const matchesOf = (trace: Trace): readonly SpanMatch[] =>
  trace.spans.map((_, row) => matchOf(trace, spanRow(row)));

function matchOf(trace: Trace, row: SpanRow): SpanMatch {
  const { confidence, reason, location } = shownMatchOf(trace, row);
  if (location === undefined || confidence === 'unmapped')
    return { confidence: 'unmapped', cause: 'namesNoCode', reason };
  const { file, line, symbol } = location;
  return {
    confidence,
    reason,
    location: { path: `/shop/${file}`, line, column: 1 },
    symbol,
    alternatives: [],
    handlerId: undefined,
    callId: symbol.includes(' in ') ? symbol : undefined,
  };
}
