import type { CodeIndex } from '../code/model.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import type { Trace } from '../trace/trace.ts';
import { isMatch, isProxy, type Match, type SpanMatch, type Unmapped } from './match.ts';
import type { ServiceFolders } from './serviceFolders.ts';
import { matchBatches } from './calls/prisma/batchMatches.ts';
import { matchCodeAttributes } from './attributes/codeAttributes.ts';
import { lower } from './confidence.ts';
import { failureLocation, failureMatch, withFailure } from './failure.ts';
import { enclosingMethods, leavingCause } from './enclosing/enclosing.ts';
import { attachCall, matchLibraryCalls } from './calls/spansOfCalls.ts';
import { matchGoSpan } from './http/goSpan.ts';
import { matchGraphqlSpan } from './graphql/graphqlSpan.ts';
import {
  matchContext,
  optionsFor,
  placeOf,
  type Found,
  type MatchContext,
} from './matchContext.ts';
import { libraryRequest } from './http/libraryRequest.ts';
import { matchMessageSpan } from './messages/messageSpan.ts';
import { attachCallSite } from './calls/prisma/namedCall.ts';
import { handlerById } from './attributes/namedHandler.ts';
import type { MatchOptions } from './options.ts';
import { matchPartOfCall } from './calls/partOfCall.ts';
import { matchPrismaOperations, operationOf } from './calls/prisma/prismaSpan.ts';
import { matchProxySpan } from './http/proxyMatch.ts';
import { matchRequestSpan } from './http/requestSpan.ts';
import { matchRpcSpan } from './messages/rpcSpan.ts';
import { isUnread } from './servicePlace.ts';
import { matchSpanName } from './attributes/spanName.ts';
import { whyUnmapped } from './whyUnmapped.ts';

/**
 * The code of each row, or why it has none: the mapping ladder. First what spans say themselves (`code.*`
 * attributes, NestJS's names, routes, queues, GraphQL's fields), then Prisma's and other libraries' calls by the code of the handler above them,
 * then what is below those or was run together with them, then recorded failures and names. Each step gets what those before
 * it found and changes nothing of it: the same trace, code, folders and options always give the same matches.
 */
export function matchTrace(
  trace: Trace,
  index: CodeIndex,
  services: ServiceFolders,
  options: MatchOptions,
): readonly SpanMatch[] {
  const context = matchContext(trace, index, services, options);
  const told = trace.spans.map((span, row) => matchSpan(span, row, context));
  const queries = matchBatches(matchPrismaOperations(told, context), context);
  const found = matchLibraryCalls(queries, context);
  const matches: SpanMatch[] = [];
  const enclosing = enclosingMethods(found, context);
  for (const [row, span] of trace.spans.entries()) {
    matches.push(matchRest(span, row, { own: found[row], above: matches, enclosing }, context));
  }
  return matches;
}

/** What the span says itself. */
function matchSpan(span: RawSpan, row: number, context: MatchContext): SpanMatch | undefined {
  const request = matchArrival(span, row, context);
  const named = context.namesCode[row] === 1 ? matchNamed(span, row, context) : undefined;
  return named === undefined ? request : surer(named, request, context.index);
}

/** A proxy's span, a request, a message or a field; undefined for any other span. */
function matchArrival(span: RawSpan, row: number, context: MatchContext): SpanMatch | undefined {
  const isHere = !isUnread(placeOf(row, context));
  return (
    matchProxySpan(span) ??
    matchGoSpan(span, row, context) ??
    (isHere ? matchRpcSpan(span, row, context) : undefined) ??
    matchRequestSpan(span, row, context) ??
    (isHere && context.isMessage[row] === 1 ? matchMessageSpan(span, row, context) : undefined) ??
    (isHere && context.isGraphql[row] === 1 ? matchGraphqlSpan(span, row, context) : undefined)
  );
}

function matchNamed(span: RawSpan, row: number, context: MatchContext): Match | undefined {
  const named = matchCodeAttributes(span, context.index, optionsFor(row, context));
  if (!named) return undefined;
  const operation = operationOf(span);
  return operation
    ? attachCallSite(named, operation.key, context.index)
    : attachCall(named, span, context.index);
}

/** What the span says of its line, unless its request is known more surely; both where they agree. */
function surer(named: Match, request: SpanMatch | undefined, index: CodeIndex): Match {
  // Where a Go route is registered says less than any recorded line.
  if (request === undefined || !isMatch(request) || request.handlerId === undefined) return named;
  if (isInHandler(named, request, index)) {
    const isLess = lower(named.confidence, request.confidence) === named.confidence;
    const { confidence } = isLess ? request : named;
    return { ...named, confidence, handlerId: request.handlerId };
  }
  return lower(named.confidence, request.confidence) === named.confidence ? request : named;
}

function isInHandler(named: Match, { handlerId }: Match, index: CodeIndex): boolean {
  const handler = handlerId === undefined ? undefined : handlerById(index, handlerId);
  if (handler?.location.path !== named.location.path) return false;
  const { line } = named.location;
  return handler.firstLine <= line && line <= handler.lastLine;
}

interface FoundBefore {
  readonly own: SpanMatch | undefined;
  /** Of the rows above. */
  readonly above: Found;
  readonly enclosing: ReturnType<typeof enclosingMethods>;
}

/** Rows from the top down: parts of a call are matched after the call. */
function matchRest(
  span: RawSpan,
  row: number,
  { own, above, enclosing }: FoundBefore,
  context: MatchContext,
): SpanMatch {
  const found = own ?? matchPartOfCall(span, row, above, context);
  if (found !== undefined && isProxy(found)) return found;
  const failure = failureLocation(span, context.index, optionsFor(row, context));
  if (found !== undefined && isMatch(found)) {
    return failure === undefined ? found : withFailure(found, failure);
  }
  const leaving = isOpen(found) ? leavingCause(span, row, context) : undefined;
  const named = (failure && failureMatch(failure)) ?? matchSpanName(span, row, context);
  const made =
    named ?? (leaving && enclosing(row, leaving)) ?? libraryRequest(span, row, above, context);
  const known = made ?? found;
  if (known) return known;
  const why = whyUnmapped(span, row, context);
  return (why.cause === 'namesNoCode' ? enclosing(row, why.cause) : undefined) ?? why;
}

/** Nothing was found, and nothing against its handler either. */
const isOpen = (found: Unmapped | undefined) =>
  found === undefined || found.cause === 'otherDatabase';
