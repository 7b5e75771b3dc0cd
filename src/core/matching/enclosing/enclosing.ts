import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { methodsBelow } from '../../code/calls/leadingTo.ts';
import { callersOf, type Caller } from '../calls/caller.ts';
import { possibleCalls, type PossibleCalls } from '../calls/spansOfCalls.ts';
import { methodSymbol } from '../lookups.ts';
import { lower } from '../confidence.ts';
import { isMatch, type Confidence, type Match } from '../match.ts';
import type { Found, MatchContext } from '../matchContext.ts';
import { isFetching, isSending } from '../messages/messageOperation.ts';
import type { UnmappedCause } from '../unmappedCause.ts';
import { methodsBetweenCalls } from './betweenCalls.ts';
import { reasonFor, reasonForRequest } from './insideReason.ts';
import { smallestMethodAround } from './smallestMethod.ts';
import { makersBelow, request, smallestPiece } from './smallestPiece.ts';

/**
 * Last but for names: what is made below a handler, by no call that is known. Answers for a row with the smallest method
 * that must have made it, or that called what did; undefined: no handler or method above it is known.
 * @param found the matches of handlers, calls and what spans say of their code
 */
export function enclosingMethods(
  found: Found,
  context: MatchContext,
): (row: number, cause: UnmappedCause) => Match | undefined {
  let callers: ReturnType<typeof callersOf> | undefined;
  let between: ReturnType<typeof methodsBetweenCalls> | undefined;
  const known = new Map<string, Match | undefined>();
  return (row, cause) => {
    callers ??= callersOf(found, context);
    const caller = callers(context.trace.columns.parent[row] ?? -1);
    const span = context.trace.spans[row];
    if (!caller || !span || !runsIn(caller, row, context)) return undefined;
    between ??= methodsBetweenCalls(found, context);
    const asked = { caller, cause, possible: possibleCalls(span), running: between(row) };
    const key = [caller.row, cause, asked.possible.key, asked.running ?? ''].join('\n');
    if (!known.has(key)) known.set(key, enclosingMatch(asked, callers, found, context));
    return known.get(key);
  };
}

/** What leaves the service; undefined for a span that doesn't. */
export function leavingCause(
  span: RawSpan,
  row: number,
  { isMessage }: MatchContext,
): UnmappedCause | undefined {
  const sends = isMessage[row] === 1 ? isSending(span) : span.kind === 'producer';
  if (sends) return 'sending';
  if (span.kind !== 'client') return undefined;
  const system = textAttribute(span.attributes, 'db.system.name', 'db.system');
  return system === undefined ? 'outgoing' : 'otherDatabase';
}

/** BullMQ finishes a job after its handler, and messages are fetched before theirs: that is not the handler's. */
function runsIn({ row: at }: Caller, row: number, { trace }: MatchContext): boolean {
  const parent = trace.spans[trace.columns.parent[row] ?? -1];
  const isQueueWork =
    parent?.kind === 'internal' &&
    textAttribute(parent.attributes, 'bullmq.queue.operation') !== undefined;
  const above = trace.spans[at];
  const { service } = trace.columns;
  return !isQueueWork && above !== undefined && !isFetching(above) && service[at] === service[row];
}

interface Asked {
  readonly caller: Caller;
  readonly cause: UnmappedCause;
  readonly possible: PossibleCalls;
  /** See `methodsBetweenCalls`. */
  readonly running: string | undefined;
}

function enclosingMatch(
  asked: Asked,
  callers: (row: number) => Caller | undefined,
  found: Found,
  context: MatchContext,
): Match | undefined {
  // A function that is handed on runs in the method that takes it, but what it calls is seen from further up.
  let nearest: Caller | undefined;
  for (let at: Caller | undefined = asked.caller; at;) {
    const piece = smallestPiece(at, asked.possible, context);
    if (piece !== undefined) {
      return (
        smallerMatch(piece, at, asked, found, context) ??
        pieceMatch(piece, at, asked, found, context)
      );
    }
    const isHandler: boolean = matchOf(at, found)?.handlerId !== undefined;
    if (isHandler || isSure(at.confidence)) nearest ??= at;
    at = isHandler ? undefined : callers(context.trace.columns.parent[at.row] ?? -1);
  }
  const within = nearest ?? asked.caller;
  const { methodId } = within;
  return (
    smallerMatch(methodId, within, asked, found, context) ??
    pieceMatch(methodId, within, asked, found, context)
  );
}

/** Within the method that ran at its time, where that is smaller and leads to what may have made it. */
function smallerMatch(
  piece: string | typeof request,
  caller: Caller,
  asked: Asked,
  found: Found,
  context: MatchContext,
): Match | undefined {
  const { index } = context;
  const { running, possible } = asked;
  if (running === undefined || piece === request || running === piece) return undefined;
  if (!methodsBelow(piece, index).has(running)) return undefined;
  const isAny = smallestMethodAround(piece, makersBelow(piece, possible, context), index);
  const smaller = smallestMethodAround(running, makersBelow(running, possible, context), index);
  const method = index.method(running);
  if (!method || (isAny !== undefined && smaller === undefined)) return undefined;
  const match = pieceMatch(smaller ?? running, caller, asked, found, context);
  const why = message('It ran between two calls of {0}.', methodSymbol(method));
  return match && { ...match, reason: `${match.reason} ${why}` };
}

const isSure = (confidence: Confidence) => lower(confidence, 'strong') === 'strong';

function matchOf({ row }: Caller, found: Found): Match | undefined {
  const match = found[row];
  return match && isMatch(match) ? match : undefined;
}

function pieceMatch(
  piece: string | typeof request,
  caller: Caller,
  { cause }: Asked,
  found: Found,
  { index }: MatchContext,
): Match | undefined {
  const above = matchOf(caller, found);
  const isCaller = piece === request || piece === caller.methodId;
  const method = index.method(isCaller ? caller.methodId : piece);
  if (!above || !method) return undefined;
  const isHandler = above.handlerId !== undefined;
  const symbol = isCaller && isHandler ? above.symbol : methodSymbol(method);
  return {
    location: method.location,
    symbol,
    confidence: 'weak',
    reason: piece === request ? reasonForRequest(symbol) : reasonFor(cause, symbol),
    alternatives: isHandler ? above.alternatives : [],
    handlerId: undefined,
    callId: undefined,
    inside: cause,
  };
}
