import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type Match, type SpanMatch } from '../match.ts';
import type { LadderState } from './ladderState.ts';
import { fetchedBy } from './messageNames.ts';

/**
 * Rows of the nearest handlers at or above each row, within one service: filled top down with `noteHandler`.
 * A request or message that arrives begins anew, for its sender's handler is another service's.
 */
export type HandlersAbove = Int32Array;

export function noteHandler(
  span: RawSpan,
  row: number,
  match: SpanMatch,
  above: HandlersAbove,
  { trace }: LadderState,
): void {
  const isArrival = span.kind === 'server' || span.kind === 'consumer';
  const isHandler = isMatch(match) && match.handlerId !== undefined && !isFetch(span);
  const parent = trace.columns.parent[row] ?? -1;
  above[row] = isHandler ? row : isArrival ? -1 : (above[parent] ?? -1);
}

const isFetch = ({ kind, name }: RawSpan) =>
  (kind === 'consumer' || kind === 'client') && fetchedBy(name) !== '';

/**
 * Last but for names: what leaves a service below a handler (requests, messages, commands of Redis and other
 * databases) is the handler's, from which of its lines or calls isn't known; weak.
 */
export function matchEnclosing(
  span: RawSpan,
  row: number,
  above: HandlersAbove,
  { trace, matches }: LadderState,
): Match | undefined {
  if (span.kind !== 'client' && span.kind !== 'producer') return undefined;
  const parent = trace.columns.parent[row] ?? -1;
  const handler = isQueueWork(trace.spans[parent]) ? undefined : matches[above[parent] ?? -1];
  if (handler === undefined || !isMatch(handler)) return undefined;
  const { location, symbol, alternatives } = handler;
  return {
    location,
    symbol,
    confidence: 'weak',
    reason: reasonFor(span, symbol),
    alternatives,
    handlerId: undefined,
    prismaCallId: undefined,
  };
}

/** BullMQ finishes a job after its handler: what that asks of Redis is not the handler's. */
const isQueueWork = (span: RawSpan | undefined) =>
  span?.kind === 'internal' &&
  textAttribute(span.attributes, 'bullmq.queue.operation') !== undefined;

function reasonFor({ kind, attributes }: RawSpan, symbol: string): string {
  if (kind === 'producer') {
    return message('A message is sent below {0}; the span does not say from which line.', symbol);
  }
  return textAttribute(attributes, 'db.system.name', 'db.system') === undefined
    ? message('An outgoing call below {0}; the span does not say from which line.', symbol)
    : message('A database call below {0}; the span does not say from which line.', symbol);
}
