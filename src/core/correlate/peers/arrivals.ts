import { spanRow, type SpanRow } from '../../base/units.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isMatch, isProxy } from '../../matching/match.ts';

/** A span that asks another service, or sends a message. */
export const isDeparture = ({ kind }: RawSpan) => kind === 'client' || kind === 'producer';

/** A span that begins what was asked for or sent. */
export const isArrival = ({ kind }: RawSpan) => kind === 'server' || kind === 'consumer';

/** Arrivals looked at below one span. */
const mostArrivals = 200;

/** The first arrivals on each way down, past proxies, in rows. */
export function arrivalsBelow(row: SpanRow, { trace, matches }: MappedTrace): readonly SpanRow[] {
  const { subtreeSize } = trace.columns;
  const end = row + (subtreeSize[row] ?? 1);
  const found: SpanRow[] = [];
  let at = row + 1;
  while (at < end && found.length < mostArrivals) {
    const span = trace.spans[at];
    const match = matches[at];
    if (span && isArrival(span) && !isProxy(match)) {
      found.push(spanRow(at));
      at += subtreeSize[at] ?? 1;
    } else at += 1;
  }
  return found;
}

/** Spans between a proxy's arrival and what it was sent by. */
const longestClimb = 50;

/** The nearest departure above whose code is known, past proxies; without one the nearest. */
export function senderAbove(row: SpanRow, { trace, matches }: MappedTrace): SpanRow | undefined {
  const { parent } = trace.columns;
  let nearest: SpanRow | undefined;
  let at = parent[row] ?? -1;
  for (let steps = 0; at >= 0 && steps < longestClimb; steps++) {
    const span = trace.spans[at];
    const match = matches[at];
    if (span && isDeparture(span)) {
      nearest ??= spanRow(at);
      if (match && isMatch(match)) return spanRow(at);
    } else if (nearest !== undefined && !isProxy(match)) return nearest;
    else if (nearest === undefined && span && isArrival(span)) return undefined;
    at = parent[at] ?? -1;
  }
  return nearest;
}
