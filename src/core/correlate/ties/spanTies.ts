import { spanRow, type SpanRow } from '../../base/units.ts';
import type { CodeIndex, Handler } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { spanLabel } from '../../trace/spanLabel.ts';
import type { Trace } from '../../trace/trace.ts';
import type { MappedTrace } from '../callRuns.ts';
import { handlerMatch } from '../ladder/handlerMatch.ts';
import { isMatch, isProxy, type SpanMatch } from '../match.ts';
import { arrivalsBelow, isArrival, isDeparture, senderAbove } from './arrivals.ts';
import { handlersFor } from './handlersFor.ts';
import { proxiesAbove, tellingProxy } from './proxies.ts';

/** The other side of a request or message that a span sends or answers. */
export interface SpanTie {
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
export interface TiedTrace extends MappedTrace {
  readonly index: CodeIndex;
}

/** Most ties of one span. */
const mostTies = 20;

/**
 * Where what the span sends, or a proxy passes on, is handled: by the spans below it that another service or a consumer began; without
 * any, by the handlers of the workspace that listen to its topic, queue or method. And where what it answers
 * was sent: by the span above it, or those it links to.
 */
export function spanTies(row: SpanRow, tied: TiedTrace): readonly SpanTie[] {
  const span = tied.trace.spans[row];
  if (span === undefined) return [];
  const ties = isDeparture(span) || isProxy(tied.matches[row]) ? handledBy(row, span, tied) : [];
  return [...ties, ...(isArrival(span) ? sentBy(row, span, tied) : [])].slice(0, mostTies);
}

function handledBy(row: SpanRow, span: RawSpan, tied: TiedTrace): readonly SpanTie[] {
  const arrivals = arrivalsBelow(row, tied);
  if (arrivals.length === 0) {
    return handlersFor(span, tied.index).map((handler) => ofHandler(handler, tied.index));
  }
  const ties = new Map<string, SpanTie>();
  for (const arrival of arrivals) {
    const tie = ofRow('to', arrival, tied);
    const key = JSON.stringify([tie.service, tie.operation, symbolOf(tie)]);
    const known = ties.get(key);
    ties.set(key, known ? { ...known, count: known.count + 1 } : tie);
  }
  return [...ties.values()];
}

const symbolOf = ({ match }: SpanTie) => (match && isMatch(match) ? match.symbol : '');

/** The workspace says who listens; no span shows that it arrived. */
function ofHandler(handler: Handler, index: CodeIndex): SpanTie {
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

function sentBy(row: SpanRow, { links, traceId }: RawSpan, tied: TiedTrace): readonly SpanTie[] {
  const above = tellingSender(row, tied);
  const ties = above === undefined ? [] : [ofRow('from', above, tied)];
  for (const [position, link] of links.slice(0, mostTies).entries()) {
    const linked = link.traceId === traceId ? rowOf(link.spanId, tied.trace) : undefined;
    if (linked === row || (linked !== undefined && linked === above)) continue;
    ties.push(
      linked === undefined
        ? { ...unread, link: position }
        : { ...ofRow('from', linked, tied), link: position },
    );
  }
  return ties;
}

/** Of a proxy its router, whichever of its spans sent the request. */
function tellingSender(row: SpanRow, tied: TiedTrace): SpanRow | undefined {
  const sender = senderAbove(row, tied);
  if (sender === undefined || !isProxy(tied.matches[sender])) return sender;
  return tellingProxy(proxiesAbove(row, tied.trace))?.row ?? sender;
}

const unread: SpanTie = {
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
  direction: SpanTie['direction'],
  row: SpanRow,
  { trace, matches }: TiedTrace,
): SpanTie {
  const { service, operation } = nameOf(row, trace);
  return { direction, service, operation, row, link: undefined, count: 1, match: matches[row] };
}

function nameOf(row: SpanRow, { spans }: Trace) {
  const span = spans[row];
  return { service: span?.resource.service ?? '', operation: span ? spanLabel(span) : '' };
}

/** The tie of a link, once its trace was read; as it is when the trace doesn't have the span. */
export function resolveTie(tie: SpanTie, spanId: string, linked: TiedTrace): SpanTie {
  const row = rowOf(spanId, linked.trace);
  if (row === undefined) return tie;
  return { ...tie, ...nameOf(row, linked.trace), match: linked.matches[row] };
}
