import { buildTrace } from '../core/trace/build.ts';
import type { EngineParts } from './engineParts.ts';
import type { KeptTrace } from './keptTraces.ts';
import { mappedTrace } from './mappedTrace.ts';
import { readTrace } from './readTrace.ts';

/** The kept trace; one that had to make room, or wasn't opened, is read. @throws SourceError */
export async function tracedBy(
  parts: EngineParts,
  traceId: string,
  signal: AbortSignal,
): Promise<KeptTrace> {
  const kept = parts.traces.get(traceId);
  if (kept) return kept;
  const answer = await readTrace(parts, traceId, signal);
  const read = mappedTrace({ answer, built: buildTrace(answer.spans) }, parts.correlation);
  parts.traces.keep(traceId, read);
  return read;
}
