import type { TimeWindow } from '../../src/core/base/timeWindow.ts';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { mergeDurations } from '../../src/core/correlate/durations/mergeDurations.ts';
import { quantileNames, quantileShares } from '../../src/core/correlate/durations/durations.ts';
import type { OperationFigures } from '../../src/core/correlate/figures/figures.ts';
import { nearestRank } from '../../src/core/base/nearestRank.ts';
import { operationKeyOf } from '../../src/core/matching/operations/operationKey.ts';
import { tenants, traceAt, type Traces } from './traces.ts';

const hourUs = 3_600_000_000;

export const windowOf = ({ end }: Traces): TimeWindow => ({
  start: epochMicroseconds(end - hourUs),
  end: epochMicroseconds(end),
});

/** The durations of every operation that answers requests, by `nameOf`, sorted. */
export function trueDurations(
  traces: Traces,
  count: number,
): ReadonlyMap<string, readonly number[]> {
  const durations = new Map<string, number[]>();
  for (let n = 0; n < count; n += 1)
    for (const span of traceAt(n, traces)) {
      if (!operationKeyOf(span)) continue;
      const name = nameOf({ service: span.resource.service, name: span.name });
      const some = durations.get(name) ?? [];
      some.push(span.duration);
      durations.set(name, some);
    }
  for (const some of durations.values()) some.sort((a, b) => a - b);
  return durations;
}

const nameOf = ({ service, name }: { service: string; name: string }): string =>
  `${service} ${name}`;

/** How many operations have the true count and maximum, and by how much quantiles are off at most. */
export function compare(
  operations: readonly OperationFigures[],
  truth: ReadonlyMap<string, readonly number[]>,
): { readonly right: number; readonly others: number; readonly worst: number } {
  let [right, others, worst] = [0, 0, 0];
  for (const { key, durations } of operations) {
    const sorted = truth.get(nameOf(key));
    const merged = mergeDurations([durations]);
    if (!sorted) others += 1;
    else if (merged.count === sorted.length && merged.max === sorted.at(-1)) right += 1;
    for (const name of quantileNames) {
      const exact = sorted?.[nearestRank(quantileShares[name], sorted.length)] ?? 0;
      worst = Math.max(worst, Math.abs((merged[name] ?? 0) - exact) / exact);
    }
  }
  return { right, others, worst };
}

/** The traces with the longest spans of the service. */
export function slowestTraces(traces: Traces, count: number, most: number): ReadonlySet<string> {
  const roots = Array.from({ length: count }, (_, n) => {
    const [root] = traceAt(n, traces);
    return { traceId: root!.traceId, duration: root!.duration };
  });
  roots.sort((a, b) => b.duration - a.duration);
  return new Set(roots.slice(0, most).map(({ traceId }) => traceId));
}

/** The traces of one tenant and route, and what names them. */
export function trueMatches(traces: Traces, count: number) {
  const operation = 'GET /api/r0/:id';
  const tenant = 't5';
  const matching: string[] = [];
  for (let n = 5; n < count; n += tenants) {
    const [root] = traceAt(n, traces);
    if (root!.name === operation) matching.push(root!.traceId);
  }
  return { operation, tenant, traceIds: new Set(matching) };
}
