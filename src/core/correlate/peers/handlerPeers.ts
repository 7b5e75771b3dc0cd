import { spanRow } from '../../base/units.ts';
import type { CodeIndex, Handler } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import { handlerKey } from '../../matching/lookups.ts';
import { messageNames } from '../../matching/messages/messageNames.ts';
import { handlerById } from '../../matching/attributes/namedHandler.ts';
import { rpcOf } from '../../matching/messages/rpcNames.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, isProxy, type SpanMatch } from '../../matching/match.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isArrival, isDeparture } from './arrivals.ts';
import { handlersFor } from './handlersFor.ts';
import { proxiesAbove, tellingProxy } from './proxies.ts';
import { ProxyTally, type ProxyPeer } from './proxyTally.ts';

/** The handler on the other side. Plain data. */
export interface HandlerPeer {
  readonly handlerId: string;
  /** `InvoicesController.onCreated`. */
  readonly symbol: string;
  readonly location: CodeLocation;
  /** Name of its service's folder. */
  readonly service: string;
  /** Sampled traces that show it. */
  readonly traces: number;
}

/** What sampled traces say of a handler's requests and messages to and from others; most frequent first. */
export interface HandlerPeers {
  readonly to: readonly HandlerPeer[];
  readonly from: readonly HandlerPeer[];
  readonly proxies: readonly ProxyPeer[];
}

/** Traces in which one handler sent something to another. */
type Pairs = Map<string, Map<string, Set<string>>>;

/** By handler id. Only of spans that lead to one handler: a guess would be told as a fact. */
export function handlerPeers(
  mapped: readonly MappedTrace[],
  index: CodeIndex,
): ReadonlyMap<string, HandlerPeers> {
  const pairs: Pairs = new Map();
  const proxied = new ProxyTally();
  /** Handlers that sent a message, by its trace and span: other traces link to them. */
  const senders = new Map<string, string>();
  const listeners = rememberedListeners(index);
  const linked: { traceId: string; key: string; receiver: string }[] = [];
  for (const one of mapped) {
    const { trace, matches } = one;
    const { traceId } = trace;
    const above = handlersAbove(one);
    const arrives = rowsAboveArrivals(one);
    for (const [row, span] of trace.spans.entries()) {
      const sender = above[trace.columns.parent[row] ?? -1];
      if (isArrival(span)) {
        const receiver = handlerOf(matches[row]);
        if (receiver === undefined) continue;
        note(pairs, sender, receiver, traceId);
        proxied.add(receiver, tellingProxy(proxiesAbove(spanRow(row), trace)), traceId);
        for (const link of span.links.slice(0, mostLinks)) {
          linked.push({ traceId, key: `${link.traceId} ${link.spanId}`, receiver });
        }
      } else if (isDeparture(span) && sender !== undefined) {
        if (span.kind === 'producer') senders.set(`${traceId} ${span.spanId}`, sender);
        if (arrives[row] === 1) continue;
        for (const { id } of listeners(span)) note(pairs, sender, id, traceId);
      }
    }
  }
  for (const { traceId, key, receiver } of linked) note(pairs, senders.get(key), receiver, traceId);
  return peersOf(pairs, proxied, index);
}

const mostLinks = 50;

/** Id of the handler of the nearest span at or above each row, within one service. */
function handlersAbove({ trace, matches }: MappedTrace): readonly (string | undefined)[] {
  const above: (string | undefined)[] = [];
  for (const [row, span] of trace.spans.entries()) {
    const begins = isArrival(span) && !isProxy(matches[row]);
    const inherited = begins ? undefined : above[trace.columns.parent[row] ?? -1];
    above.push(handlerOf(matches[row]) ?? inherited);
  }
  return above;
}

/** 1 where something arrives below the row. */
function rowsAboveArrivals({ trace, matches }: MappedTrace): Uint8Array {
  const found = new Uint8Array(trace.size);
  for (let row = trace.size - 1; row >= 0; row--) {
    const parent = trace.columns.parent[row] ?? -1;
    const span = trace.spans[row];
    const isFound = span !== undefined && isArrival(span) && !isProxy(matches[row]);
    if (parent >= 0 && (isFound || found[row] === 1)) found[parent] = 1;
  }
  return found;
}

/** `handlersFor`, looked up once for all messages of a kind. */
function rememberedListeners(index: CodeIndex) {
  const known = new Map<string, readonly Handler[]>();
  return (span: RawSpan): readonly Handler[] => {
    const key = JSON.stringify(messageNames(span) ?? rpcOf(span) ?? '');
    if (key === '""') return [];
    const found = known.get(key) ?? handlersFor(span, index);
    known.set(key, found);
    return found;
  };
}

function handlerOf(match: SpanMatch | undefined): string | undefined {
  if (match === undefined || !isMatch(match) || match.confidence === 'weak') return undefined;
  return match.alternatives.length === 0 ? match.handlerId : undefined;
}

function note(pairs: Pairs, sender: string | undefined, receiver: string, traceId: string): void {
  if (sender === undefined || sender === receiver) return;
  const receivers = pairs.get(sender) ?? new Map<string, Set<string>>();
  pairs.set(sender, receivers);
  const traces = receivers.get(receiver) ?? new Set<string>();
  receivers.set(receiver, traces.add(traceId));
}

function peersOf(
  pairs: Pairs,
  proxied: ProxyTally,
  index: CodeIndex,
): ReadonlyMap<string, HandlerPeers> {
  const found = new Map<
    string,
    { to: HandlerPeer[]; from: HandlerPeer[]; proxies: readonly ProxyPeer[] }
  >();
  const of = (id: string) => {
    const peers = found.get(id) ?? { to: [], from: [], proxies: [] };
    found.set(id, peers);
    return peers;
  };
  for (const [senderId, receivers] of pairs) {
    for (const [receiverId, traces] of receivers) {
      const sender = handlerById(index, senderId);
      const receiver = handlerById(index, receiverId);
      if (!sender || !receiver) continue;
      of(senderId).to.push(peerTo(receiver, traces.size, index));
      of(receiverId).from.push(peerTo(sender, traces.size, index));
    }
  }
  for (const [id, proxies] of proxied.peers()) of(id).proxies = proxies;
  for (const { to, from } of found.values()) {
    for (const peers of [to, from]) peers.sort((a, b) => b.traces - a.traces);
  }
  return found;
}

/** The same with the code as it is now; without handlers that are gone. */
export function peersNow({ to, from, proxies }: HandlerPeers, index: CodeIndex): HandlerPeers {
  const now = (peers: readonly HandlerPeer[]) =>
    peers.flatMap((peer) => {
      const handler = handlerById(index, peer.handlerId);
      return handler ? [peerTo(handler, peer.traces, index)] : [];
    });
  return { to: now(to), from: now(from), proxies };
}

const peerTo = (handler: Handler, traces: number, index: CodeIndex): HandlerPeer => ({
  handlerId: handler.id,
  symbol: handlerKey(handler.controller, handler.handler),
  location: handler.location,
  service: index.projects.find(({ id }) => id === handler.project)?.name ?? '',
  traces,
});
