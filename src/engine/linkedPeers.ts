import { isAbort } from '../core/base/sourceError.ts';
import type { SpanRow } from '../core/base/units.ts';
import { resolvePeer, spanPeers, type SpanPeer } from '../core/correlate/peers/spanPeers.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { Correlation } from './correlation.ts';
import type { EngineParts } from './engineParts.ts';
import type { KeptTrace } from './keptTraces.ts';
import { mappedTrace } from './mappedTrace.ts';
import { linkedTraceKey, readTrace } from './readTrace.ts';

/** Other traces read for the peers of one span: a batch links to as many as it has messages. */
const mostTraces = 3;
/** Peers are a help: nobody waits for a slow source because of them. */
const longestMs = 5_000;

export function peersOf(
  kept: KeptTrace,
  row: SpanRow,
  { index }: Correlation,
): readonly SpanPeer[] {
  return spanPeers(row, { trace: kept.built.trace, matches: kept.matches, index });
}

/** The peers of a span with those that lead into other traces, read now unless they are kept. */
export async function linkedPeers(
  { traceId: from, kept }: { readonly traceId: string; readonly kept: KeptTrace },
  row: SpanRow,
  parts: EngineParts,
  signal: AbortSignal,
): Promise<readonly SpanPeer[]> {
  const links = kept.built.trace.spans[row]?.links ?? [];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const read = new Map<string, KeptTrace | undefined>();
  const peers: SpanPeer[] = [];
  for (const peer of peersOf(kept, row, parts.correlation)) {
    const link = links[peer.link ?? -1];
    if (peer.match !== undefined || link === undefined) {
      peers.push(peer);
      continue;
    }
    const { traceId, spanId } = link;
    if (!read.has(traceId) && read.size < mostTraces) {
      read.set(traceId, await linkedTrace({ from, traceId }, parts, limit));
    }
    const linked = read.get(traceId);
    const { index } = parts.correlation;
    const found = linked && { trace: linked.built.trace, matches: linked.matches, index };
    peers.push(found ? resolvePeer(peer, spanId, found) : peer);
  }
  signal.throwIfAborted();
  return peers;
}

/** Undefined: it could not be had in time; the link stays a link. */
async function linkedTrace(
  { from, traceId }: { readonly from: string; readonly traceId: string },
  parts: EngineParts,
  signal: AbortSignal,
): Promise<KeptTrace | undefined> {
  const { traces, correlation, log } = parts;
  try {
    const key = await linkedTraceKey(parts, from, traceId, signal);
    const known = traces.get(key);
    if (known) return known;
    const answer = await readTrace(parts, key, signal);
    const kept = mappedTrace({ answer, built: buildTrace(answer.spans) }, correlation);
    traces.keep(key, kept);
    return kept;
  } catch (error) {
    if (!isAbort(error)) log.warn(`A linked trace could not be read: ${String(error)}`);
    return undefined;
  }
}
