import { message } from '../base/message.ts';
import { textAttribute, type RawSpan } from '../trace/rawSpan.ts';
import { isMatch, type Match, type SpanMatch } from './match.ts';
import type { MatchContext } from './matchContext.ts';
import { isFetching, isSending } from './messages/messageOperation.ts';

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
  { trace }: MatchContext,
): void {
  const isArrival = span.kind === 'server' || span.kind === 'consumer';
  const isHandler = isMatch(match) && match.handlerId !== undefined && !isFetching(span);
  const parent = trace.columns.parent[row] ?? -1;
  above[row] = isHandler ? row : isArrival ? -1 : (above[parent] ?? -1);
}

/**
 * Last but for names: what leaves a service below a handler (requests, messages, commands of Redis and other
 * databases) is the handler's, from which of its lines or calls isn't known; weak.
 */
export function matchEnclosing(
  span: RawSpan,
  row: number,
  above: HandlersAbove,
  { trace, matches, isMessage }: MatchContext,
): Match | undefined {
  const sends = isMessage[row] === 1 ? isSending(span) : span.kind === 'producer';
  if (span.kind !== 'client' && !sends) return undefined;
  const parent = trace.columns.parent[row] ?? -1;
  const handler = isQueueWork(trace.spans[parent]) ? undefined : matches[above[parent] ?? -1];
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
