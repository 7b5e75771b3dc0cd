import { message } from '../base/message.ts';
import { textAttribute, type RawSpan } from '../trace/rawSpan.ts';
import { isMatch, type Match, type SpanMatch } from './match.ts';
import type { Found, MatchContext } from './matchContext.ts';
import { isFetching, isSending } from './messages/messageOperation.ts';

/**
 * Row of the nearest handler at or above a row, within one service; -1 without. A request or message that arrives
 * begins anew, for its sender's handler is another service's.
 * @param match of the row
 * @param above the answers for the rows above it
 */
export function handlerAbove(
  span: RawSpan,
  row: number,
  match: SpanMatch,
  above: ArrayLike<number>,
  { trace }: MatchContext,
): number {
  const isArrival = span.kind === 'server' || span.kind === 'consumer';
  const isHandler = isMatch(match) && match.handlerId !== undefined && !isFetching(span);
  const parent = trace.columns.parent[row] ?? -1;
  return isHandler ? row : isArrival ? -1 : (above[parent] ?? -1);
}

/**
 * Last but for names: what leaves a service below a handler (requests, messages, commands of Redis and other
 * databases) is the handler's, from which of its lines or calls isn't known; weak.
 * @param handlers rows of the handlers above: see `handlerAbove`
 * @param found the matches of the rows above
 */
export function matchEnclosing(
  span: RawSpan,
  row: number,
  handlers: ArrayLike<number>,
  found: Found,
  { trace, isMessage }: MatchContext,
): Match | undefined {
  const sends = isMessage[row] === 1 ? isSending(span) : span.kind === 'producer';
  if (span.kind !== 'client' && !sends) return undefined;
  const parent = trace.columns.parent[row] ?? -1;
  const handler = isQueueWork(trace.spans[parent]) ? undefined : found[handlers[parent] ?? -1];
  if (handler === undefined || !isMatch(handler)) return undefined;
  const { location, symbol, alternatives } = handler;
  return {
    location,
    symbol,
    confidence: 'weak',
    reason: reasonFor(span, sends, symbol),
    alternatives,
    handlerId: undefined,
    callId: undefined,
  };
}

/** BullMQ finishes a job after its handler: what that asks of Redis is not the handler's. */
const isQueueWork = (span: RawSpan | undefined) =>
  span?.kind === 'internal' &&
  textAttribute(span.attributes, 'bullmq.queue.operation') !== undefined;

function reasonFor({ attributes }: RawSpan, sends: boolean, symbol: string): string {
  if (sends) {
    return message("Message sent somewhere inside {0}; the exact line isn't recorded.", symbol);
  }
  return textAttribute(attributes, 'db.system.name', 'db.system') === undefined
    ? message("Outgoing call made somewhere inside {0}; the exact line isn't recorded.", symbol)
    : message("Database call made somewhere inside {0}; the exact line isn't recorded.", symbol);
}
