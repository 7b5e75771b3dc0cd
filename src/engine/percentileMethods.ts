import { spanPercentile } from '../core/correlate/figures/spanPercentile.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import { keptTrace } from './keptTraces.ts';
import type { EngineMethods } from './methods.ts';

/** How long spans took among others of their operation. */
export function percentileMethods({
  traces,
  sources,
}: EngineParts): Handlers<Pick<EngineMethods, 'spanPercentile'>> {
  return {
    spanPercentile: async ({ traceId, row, window }, signal) => {
      const span = keptTrace(traces, traceId).built.trace.spans[row];
      const { figures, source } = sources;
      const answer = span && (await figures.read(window, false, signal));
      return answer && spanPercentile(span, answer, source.label);
    },
  };
}
