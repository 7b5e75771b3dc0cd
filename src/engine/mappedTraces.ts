import { setImmediate } from 'node:timers/promises';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Correlation } from './correlation.ts';

/** Maps trace after trace; other requests are answered in between. */
export async function mappedTraces(
  traces: readonly (readonly RawSpan[])[],
  correlation: Correlation,
  signal: AbortSignal,
): Promise<MappedTrace[]> {
  const done: MappedTrace[] = [];
  for (const spans of traces) {
    if (spans.length === 0) continue;
    const { trace } = buildTrace(spans);
    done.push({ trace, matches: correlation.match(trace) });
    await setImmediate();
    signal.throwIfAborted();
  }
  return done;
}
