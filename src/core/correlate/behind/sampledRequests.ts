import { spanRow, type SpanRow } from '../../base/units.ts';
import { proxySpanOf, type ProxySpan } from '../../trace/proxySpan.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { requestNames } from '../../matching/http/requestNames.ts';
import { isProxy } from '../../matching/match.ts';
import { operationKeyOf, statusCodeOf } from '../../matching/operations/operationKey.ts';
import type { OperationKey } from '../../matching/operations/operationKinds.ts';
import { arrivalsBelow, isArrival } from '../peers/arrivals.ts';
import { proxiesAbove, type ProxyRow } from '../peers/proxies.ts';

/** A part of a proxy by the name that its configuration gives it. */
export interface ProxyName {
  readonly part: 'router' | 'service' | 'entry';
  readonly name: string;
}

/** A request that a sampled trace shows, with what stood in front of it. */
export interface SampledRequest {
  readonly traceId: string;
  /** Upper case; empty: not known. */
  readonly method: string;
  /** What it was answered with, and what the proxies in front answered, which may differ. */
  readonly statuses: readonly number[];
  /** Parts of the proxies that passed it on. */
  readonly proxies: readonly ProxyName[];
  /** Spans of it that count in figures; none: it ended at a proxy. */
  readonly spans: readonly RawSpan[];
}

const ofRequests: ReadonlySet<OperationKey['kind']> = new Set(['http', 'rpc', 'nest', 'graphql']);

/** Of GraphQL each field may have a span. */
const mostSpans = 200;

/** The requests of a trace that a service answered, or that a proxy answered itself. */
export function sampledRequests(mapped: MappedTrace): readonly SampledRequest[] {
  const { trace, matches } = mapped;
  const { parent, service } = trace.columns;
  const found: (SampledRequest & { readonly spans: RawSpan[] })[] = [];
  /** Position of the request that each row is a part of, within one service; -1: none. */
  const request = new Int32Array(trace.size).fill(-1);
  for (const [row, span] of trace.spans.entries()) {
    if (isProxy(matches[row])) {
      const ended = isArrival(span) ? endedAtProxy(spanRow(row), span, mapped) : undefined;
      if (ended) found.push({ ...ended, spans: [] });
      continue;
    }
    const above = parent[row] ?? -1;
    const isInside = !isArrival(span) && above >= 0 && service[above] === service[row];
    const open = isInside ? (request[above] ?? -1) : -1;
    request[row] = open;
    const key = operationKeyOf(span);
    if (key === undefined || !ofRequests.has(key.kind)) continue;
    const known = found[open];
    if (known !== undefined) {
      if (known.spans.length < mostSpans) known.spans.push(span);
      continue;
    }
    request[row] = found.length;
    found.push({ ...requestOf(span, proxiesAbove(spanRow(row), trace)), spans: [span] });
  }
  return found;
}

function requestOf(span: RawSpan, chain: readonly ProxyRow[]) {
  // What a proxy asks to decide on a request isn't what it passes the request on to.
  const passed = chain[0]?.proxy.part === 'check' ? [] : chain;
  return {
    traceId: span.traceId,
    method: requestNames(span).method,
    statuses: statusesOf([span, ...passed.map((one) => one.span)]),
    proxies: distinctNames(passed.map(({ proxy }) => proxy)),
  };
}

function endedAtProxy(row: SpanRow, span: RawSpan, mapped: MappedTrace) {
  if (arrivalsBelow(row, mapped).length > 0) return undefined;
  const { trace } = mapped;
  const end = row + Math.min(trace.columns.subtreeSize[row] ?? 1, mostSpans);
  const parts = trace.spans.slice(row, end).flatMap((one) => proxySpanOf(one) ?? []);
  return { ...requestOf(span, []), proxies: distinctNames(parts) };
}

const statusesOf = (spans: readonly RawSpan[]): readonly number[] => [
  ...new Set(spans.map(statusCodeOf).filter((status) => status > 0)),
];

function distinctNames(parts: readonly ProxySpan[]): readonly ProxyName[] {
  const names = new Map<string, ProxyName>();
  const add = (part: ProxyName['part'], name: string) => {
    if (name !== '') names.set(`${part} ${name}`, { part, name });
  };
  for (const { part, name, service } of parts) {
    if (part === 'router' || part === 'service' || part === 'entry') add(part, name);
    add('service', service);
  }
  return [...names.values()];
}
