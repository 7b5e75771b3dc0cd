import { setImmediate } from 'node:timers/promises';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { Evidence } from '../core/matching/evidence.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Correlation } from './correlation.ts';

/**
 * Maps trace after trace, by what all of them tell; other requests are answered in between.
 * @param evidence see `Correlation.evidenceWith`
 */
export async function mappedTraces(
  traces: readonly (readonly RawSpan[])[],
  correlation: Correlation,
  signal: AbortSignal,
  evidence: Evidence = correlation.evidenceWith(traces),
): Promise<MappedTrace[]> {
  const done: MappedTrace[] = [];
  for (const spans of traces) {
    if (spans.length === 0) continue;
    const { trace } = buildTrace(spans);
    done.push({ trace, matches: correlation.match(trace, evidence) });
    await setImmediate();
    signal.throwIfAborted();
  }
  return done;
}
