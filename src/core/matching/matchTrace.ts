import type { CodeIndex } from '../code/model.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import type { Trace } from '../trace/trace.ts';
import { isMatch, isProxy, type Match, type SpanMatch, type Unmapped } from './match.ts';
import type { ServiceFolders } from './serviceFolders.ts';
import { matchBatches } from './calls/prisma/batchMatches.ts';
import { matchCodeAttributes } from './attributes/codeAttributes.ts';
import { lower } from './confidence.ts';
import { failureLocation, failureMatch, withFailure } from './failure.ts';
import { matchEnclosing, noteHandler, type HandlersAbove } from './enclosing.ts';
import { matchGoSpan } from './http/goSpan.ts';
import { matchGraphqlSpan } from './graphql/graphqlSpan.ts';
import { openMatchContext, optionsFor, placeOf, type MatchContext } from './matchContext.ts';
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
 * attributes, NestJS's names, routes, queues, GraphQL's fields), then Prisma's calls by the code of the handler above them, then
 * what is below those or was run together with them, then recorded failures and names.
 */
export function matchTrace(
  trace: Trace,
  index: CodeIndex,
  services: ServiceFolders,
  options: MatchOptions,
): readonly SpanMatch[] {
  const state = openMatchContext(trace, index, services, options);
  for (const [row, span] of trace.spans.entries()) {
    const request = matchArrival(span, row, state);
    const named = state.namesCode[row] === 1 ? matchNamed(span, row, state) : undefined;
    state.matches[row] = named === undefined ? request : surer(named, request, index);
  }
  matchPrismaOperations(state);
  matchBatches(state);
  const matches: SpanMatch[] = [];
  const above = new Int32Array(trace.size).fill(-1);
  for (const [row, span] of trace.spans.entries()) {
    const match = matchRest(span, row, above, state);
    noteHandler(span, row, match, above, state);
    state.matches[row] = match;
    matches.push(match);
  }
  return matches;
}

/** A proxy's span, a request, a message or a field; undefined for any other span. */
function matchArrival(span: RawSpan, row: number, state: MatchContext): SpanMatch | undefined {
  const isHere = !isUnread(placeOf(state, row));
  return (
    matchProxySpan(span) ??
    matchGoSpan(span, row, state) ??
    (isHere ? matchRpcSpan(span, row, state) : undefined) ??
    matchRequestSpan(span, row, state) ??
    (isHere && state.isMessage[row] === 1 ? matchMessageSpan(span, row, state) : undefined) ??
    (isHere && state.isGraphql[row] === 1 ? matchGraphqlSpan(span, row, state) : undefined)
  );
}

function matchNamed(span: RawSpan, row: number, state: MatchContext): Match | undefined {
  const named = matchCodeAttributes(span, state.index, optionsFor(row, state));
  const operation = named && operationOf(span);
  return operation ? attachCallSite(named, operation.key, state.index) : named;
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

/** Rows from the top down: parts of a call are matched after the call. */
function matchRest(
  span: RawSpan,
  row: number,
  above: HandlersAbove,
  state: MatchContext,
): SpanMatch {
  const found = state.matches[row] ?? matchPartOfCall(span, row, state);
  if (found !== undefined && isProxy(found)) return found;
  const failure = failureLocation(span, state.index, optionsFor(row, state));
  if (found !== undefined && isMatch(found)) {
    return failure === undefined ? found : withFailure(found, failure);
  }
  return (
    (failure && failureMatch(failure)) ??
    matchSpanName(span, row, state) ??
    (isOpen(found) ? matchEnclosing(span, row, above, state) : undefined) ??
    libraryRequest(span, row, state) ??
    found ??
    whyUnmapped(span, row, state)
  );
}

/** Nothing was found, and nothing against its handler either. */
const isOpen = (found: Unmapped | undefined) =>
  found === undefined || found.cause === 'otherDatabase';
