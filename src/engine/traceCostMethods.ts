import { onceEach } from '../core/base/onceEach.ts';
import { loopsOf } from '../core/explain/loops.ts';
import { explainTrace } from '../core/explain/traceCosts.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import { keptTrace, mappedOf } from './keptTraces.ts';
import type { EngineMethods } from './methods.ts';

type TraceCostMethods = Pick<EngineMethods, 'traceCosts' | 'costRows'>;

/** Where the time of a kept trace goes: worked out once for each mapping of it, when someone asks. */
export function traceCostMethods({ traces, correlation }: EngineParts): Handlers<TraceCostMethods> {
  const explained = onceEach((mapped: MappedTrace) =>
    explainTrace(mapped, loopsOf(correlation.index)),
  );
  const explain = (traceId: string) => explained(mappedOf(keptTrace(traces, traceId)));
  return {
    traceCosts: ({ traceId }) => explain(traceId).costs,
    costRows: ({ traceId, of }) => explain(traceId).rowsOf(of),
  };
}
