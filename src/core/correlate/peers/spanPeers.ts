import { spanRow, type SpanRow } from '../../base/units.ts';
import type { CodeIndex, Handler } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { spanLabel } from '../../trace/spanLabel.ts';
import type { Trace } from '../../trace/trace.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { handlerMatch } from '../../matching/handlerMatch.ts';
import { isMatch, isProxy, type SpanMatch } from '../../matching/match.ts';
import { arrivalsBelow, isArrival, isDeparture, senderAbove } from './arrivals.ts';
import { handlersFor } from './handlersFor.ts';
import { proxiesAbove, tellingProxy } from './proxies.ts';

/** The other side of a request or message that a span sends or answers. */
export interface SpanPeer {
  /** `to`: it is handled there. `from`: it was sent there. */
  readonly direction: 'to' | 'from';
  /** Empty: not known. */
  readonly service: string;
  /** What the span there is called; empty where only the code is known. */
  readonly operation: string;
  /** Its row; undefined: no span of this trace. */
  readonly row: SpanRow | undefined;
  /** Position of the span's link that leads to it, where it is of another trace. */
  readonly link: number | undefined;
  /** How often: a message may be handled again after a failure. */
  readonly count: number;
  /** Its code; undefined: not known yet, for its trace was not read. */
  readonly match: SpanMatch | undefined;
}

/** A mapped trace and the code it was mapped to. */
export interface IndexedTrace extends MappedTrace {
  readonly index: CodeIndex;
}

/** Most peers of one span. */
const mostPeers = 20;

/**
 * Where what the span sends, or a proxy passes on, is handled: by the spans below it that another service or a consumer began; without
 * any, by the handlers of the workspace that listen to its topic, queue or method. And where what it answers
 * was sent: by the span above it, or those it links to.
 */
export function spanPeers(row: SpanRow, indexed: IndexedTrace): readonly SpanPeer[] {
  const span = indexed.trace.spans[row];
  if (span === undefined) return [];
  const peers =
    isDeparture(span) || isProxy(indexed.matches[row]) ? handledBy(row, span, indexed) : [];
  return [...peers, ...(isArrival(span) ? sentBy(row, span, indexed) : [])].slice(0, mostPeers);
}

function handledBy(row: SpanRow, span: RawSpan, indexed: IndexedTrace): readonly SpanPeer[] {
  const arrivals = arrivalsBelow(row, indexed);
  if (arrivals.length === 0) {
    return handlersFor(span, indexed.index).map((handler) => ofHandler(handler, indexed.index));
  }
  const peers = new Map<string, SpanPeer>();
  for (const arrival of arrivals) {
    const peer = ofRow('to', arrival, indexed);
    const key = JSON.stringify([peer.service, peer.operation, symbolOf(peer)]);
    const known = peers.get(key);
    peers.set(key, known ? { ...known, count: known.count + 1 } : peer);
  }
  return [...peers.values()];
}

const symbolOf = ({ match }: SpanPeer) => (match && isMatch(match) ? match.symbol : '');

/** The workspace says who listens; no span shows that it arrived. */
function ofHandler(handler: Handler, index: CodeIndex): SpanPeer {
  return {
    direction: 'to',
    service: index.projects.find(({ id }) => id === handler.project)?.name ?? '',
    operation: '',
    row: undefined,
    link: undefined,
    count: 1,
    match: handlerMatch([handler], 'likely', ''),
  };
}

function sentBy(
  row: SpanRow,
  { links, traceId }: RawSpan,
  indexed: IndexedTrace,
): readonly SpanPeer[] {
  const above = tellingSender(row, indexed);
  const peers = above === undefined ? [] : [ofRow('from', above, indexed)];
  for (const [position, link] of links.slice(0, mostPeers).entries()) {
    const linked = link.traceId === traceId ? rowOf(link.spanId, indexed.trace) : undefined;
    if (linked === row || (linked !== undefined && linked === above)) continue;
    peers.push(
      linked === undefined
        ? { ...unread, link: position }
        : { ...ofRow('from', linked, indexed), link: position },
    );
  }
  return peers;
}

/** Of a proxy its router, whichever of its spans sent the request. */
function tellingSender(row: SpanRow, indexed: IndexedTrace): SpanRow | undefined {
  const sender = senderAbove(row, indexed);
  if (sender === undefined || !isProxy(indexed.matches[sender])) return sender;
  return tellingProxy(proxiesAbove(row, indexed.trace))?.row ?? sender;
}

const unread: SpanPeer = {
  direction: 'from',
  service: '',
  operation: '',
  row: undefined,
  link: undefined,
  count: 1,
  match: undefined,
};

function rowOf(spanId: string, { spans }: Trace): SpanRow | undefined {
  const row = spans.findIndex((span) => span.spanId === spanId);
  return row === -1 ? undefined : spanRow(row);
}

function ofRow(
  direction: SpanPeer['direction'],
  row: SpanRow,
  { trace, matches }: IndexedTrace,
): SpanPeer {
  const { service, operation } = nameOf(row, trace);
  return { direction, service, operation, row, link: undefined, count: 1, match: matches[row] };
}

function nameOf(row: SpanRow, { spans }: Trace) {
  const span = spans[row];
  return { service: span?.resource.service ?? '', operation: span ? spanLabel(span) : '' };
}

/** The peer of a link, once its trace was read; as it is when the trace doesn't have the span. */
export function resolvePeer(peer: SpanPeer, spanId: string, linked: IndexedTrace): SpanPeer {
  const row = rowOf(spanId, linked.trace);
  if (row === undefined) return peer;
  return { ...peer, ...nameOf(row, linked.trace), match: linked.matches[row] };
}
