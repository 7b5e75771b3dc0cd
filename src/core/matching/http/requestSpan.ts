import { message } from '../../base/message.ts';
import { onceEach } from '../../base/onceEach.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type Match, type SpanMatch } from '../match.ts';
import { matchGraphqlRequest } from '../graphql/graphqlSpan.ts';
import { unmapped } from '../handlerMatch.ts';
import { nestLayer, placeOf, type MatchContext } from '../matchContext.ts';
import { matchRequest } from './request.ts';
import { requestNames, type RequestNames } from './requestNames.ts';

/**
 * Steps 2 and 3 of the ladder: spans that answer a request, from the server span to NestJS's handler span.
 * Undefined for any other span.
 */
export function matchRequestSpan(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  switch (nestLayer(row, context)) {
    case 'request':
      return requestAt(row, span, context);
    case 'handler':
      return matchInnerHandler(span, row, context);
    case 'other':
      return unmapped('framework', message('NestJS internals, not workspace code.'));
    case undefined:
      break;
  }
  if (span.kind === 'server') return matchServer(span, row, context);
  return context.isFramework[row] === 1 && isRequestHandler(span)
    ? matchFrameworkHandler(span, row, context)
    : undefined;
}

/** The server span is the handler's whose NestJS span is below it; without one, its route's or path's. */
function matchServer(span: RawSpan, row: number, context: MatchContext): SpanMatch {
  const answer = nestMatch(context.answeredBy[row] ?? -1, context);
  if (answer !== undefined) return answer;
  const names = requestNames(span);
  const match = orGraphql(lookUp(names, row, context), row, context);
  const isUnknown = !isMatch(match) && match.cause === 'undeclaredRoute';
  if (!isUnknown || names.controller !== '' || !names.isNotFound) return match;
  return unmapped('notFound', `${message('The response was 404.')} ${match.reason}`);
}

/** No handler has GraphQL's own route: the operation tells. */
const orGraphql = (match: SpanMatch, server: number, context: MatchContext): SpanMatch =>
  isMatch(match) ? match : (matchGraphqlRequest(server, context) ?? match);

/** `request handler` of Express and Fastify, which NestJS's own spans lie in or beside. */
function matchFrameworkHandler(span: RawSpan, row: number, context: MatchContext): SpanMatch {
  const server = context.server[row] ?? -1;
  const answered = server === -1 ? nestRequestBelow(row, context) : context.answeredBy[server];
  const answer = nestMatch(answered ?? -1, context);
  if (answer !== undefined) return answer;
  const names = requestNames(span);
  const above = context.trace.spans[server];
  const asked = above === undefined ? undefined : requestNames(above);
  if (names.route === '') {
    const match = asked && lookUp(asked, row, context);
    if (match !== undefined && isMatch(match)) return match;
    return unmapped(
      'framework',
      message('Framework code that passes the request on, without a route.'),
    );
  }
  const method = names.method === '' ? (asked?.method ?? '') : names.method;
  return orGraphql(lookUp({ ...names, method }, row, context), server, context);
}

/** Where the spans above were left out, those below still tell: -1 without one in the service. */
function nestRequestBelow(row: number, context: MatchContext): number {
  const { service, subtreeSize } = context.trace.columns;
  const end = row + (subtreeSize[row] ?? 1);
  for (let at = row + 1; at < end && service[at] === service[row]; at++) {
    if (nestLayer(at, context) === 'request') return at;
  }
  return -1;
}

/** The inner span says only the method's name: its class is that of the request span above. */
function matchInnerHandler(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  const request = context.nestRequest[row] ?? -1;
  const above = context.trace.spans[request];
  if (above === undefined) return undefined;
  const callback = textAttribute(span.attributes, 'nestjs.callback');
  const isOther = callback !== textAttribute(above.attributes, 'nestjs.callback');
  if (callback === undefined || !isOther) return requestAt(request, above, context);
  return lookUp({ ...requestNames(above), callback }, row, context);
}

/** What the NestJS span of a request says of the request's other spans. */
function nestMatch(row: number, context: MatchContext): SpanMatch | undefined {
  const span = context.trace.spans[row];
  if (span === undefined) return undefined;
  const match = requestAt(row, span, context);
  if (!isMatch(match)) return undefined;
  return asTold(match);
}

/** One object for all spans of the request. */
const asTold = onceEach((match: Match) => ({
  ...match,
  reason: message("Found from this request's NestJS span. {0}", match.reason),
}));

/** The request of a NestJS span: the spans around it and below ask again. */
function requestAt(row: number, span: RawSpan, context: MatchContext): SpanMatch {
  const { byRow } = requestsOf(context);
  const match = byRow.get(row) ?? lookUp(requestNames(span), row, context);
  byRow.set(row, match);
  return match;
}

/** A trace repeats its requests: each is looked up once. */
function lookUp(names: RequestNames, row: number, context: MatchContext): SpanMatch {
  const { service, method, route, controller, callback, isNotFound } = names;
  const path = controller === '' ? `${names.path} ${Number(isNotFound)}` : '';
  const key = [service, method, route, path, controller, callback].join('\n');
  const { byNames } = requestsOf(context);
  const match = byNames.get(key) ?? matchRequest(names, placeOf(row, context), context.index);
  byNames.set(key, match);
  return match;
}

interface KnownRequests {
  readonly byNames: Map<string, SpanMatch>;
  readonly byRow: Map<number, SpanMatch>;
}

const requestsOf = onceEach<MatchContext, KnownRequests>(() => ({
  byNames: new Map(),
  byRow: new Map(),
}));

/** Of Express (since version 5 by its router) and Fastify, whose own span of the whole request has `fastify.root`. */
const isRequestHandler = ({ attributes }: RawSpan) =>
  /^request[_-]handler$/.test(
    textAttribute(attributes, 'express.type', 'router.type', 'fastify.type') ?? '',
  ) || textAttribute(attributes, 'fastify.root') !== undefined;
