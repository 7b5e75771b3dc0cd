import { isAbort } from '../core/base/sourceError.ts';
import type { SpanRow } from '../core/base/units.ts';
import { resolveTie, spanTies, type SpanTie } from '../core/correlate/ties/spanTies.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { Correlation } from './correlation.ts';
import type { EngineParts } from './engineParts.ts';
import type { KeptTrace } from './keptTraces.ts';

/** Other traces read for the ties of one span: a batch links to as many as it has messages. */
const mostTraces = 3;
/** Ties are a help: nobody waits for a slow source because of them. */
const longestMs = 5_000;

export function tiesOf(kept: KeptTrace, row: SpanRow, { index }: Correlation): readonly SpanTie[] {
  return spanTies(row, { trace: kept.built.trace, matches: kept.matches, index });
}

/** The ties of a span with those that lead into other traces, read now unless they are kept. */
export async function linkedTies(
  kept: KeptTrace,
  row: SpanRow,
  parts: EngineParts,
  signal: AbortSignal,
): Promise<readonly SpanTie[]> {
  const links = kept.built.trace.spans[row]?.links ?? [];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const read = new Map<string, KeptTrace | undefined>();
  const ties: SpanTie[] = [];
  for (const tie of tiesOf(kept, row, parts.correlation)) {
    const link = links[tie.link ?? -1];
    if (tie.match !== undefined || link === undefined) {
      ties.push(tie);
      continue;
    }
    const { traceId, spanId } = link;
    if (!read.has(traceId) && read.size < mostTraces) {
      read.set(traceId, await linkedTrace(traceId, parts, limit));
    }
    const linked = read.get(traceId);
    const { index } = parts.correlation;
    const found = linked && { trace: linked.built.trace, matches: linked.matches, index };
    ties.push(found ? resolveTie(tie, spanId, found) : tie);
  }
  signal.throwIfAborted();
  return ties;
}

/** Undefined: it could not be had in time; the link stays a link. */
async function linkedTrace(
  traceId: string,
  { sources, traces, correlation, log }: EngineParts,
  signal: AbortSignal,
): Promise<KeptTrace | undefined> {
  const known = traces.get(traceId);
  if (known) return known;
  try {
    const answer = await sources.source.trace(traceId, signal);
    const built = buildTrace(answer.spans);
    const kept = { answer, built, matches: correlation.match(built.trace) };
    traces.keep(traceId, kept);
    return kept;
  } catch (error) {
    if (!isAbort(error)) log.warn(`A linked trace could not be read: ${String(error)}`);
    return undefined;
  }
}
