import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
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
  state: MatchContext,
): SpanMatch | undefined {
  switch (nestLayer(row, state)) {
    case 'request':
      return lookUp(requestNames(span), row, state);
    case 'handler':
      return matchInnerHandler(span, row, state);
    case 'other':
      return unmapped('framework', message('NestJS internals, not workspace code.'));
    case undefined:
      break;
  }
  if (span.kind === 'server') return matchServer(span, row, state);
  return isRequestHandler(span) ? matchFrameworkHandler(span, row, state) : undefined;
}

/** The server span is the handler's whose NestJS span is below it; without one, its route's or path's. */
function matchServer(span: RawSpan, row: number, state: MatchContext): SpanMatch {
  const answer = nestMatch(state.answeredBy[row] ?? -1, state);
  if (answer !== undefined) return answer;
  const names = requestNames(span);
  const match = orGraphql(lookUp(names, row, state), row, state);
  const isUnknown = !isMatch(match) && match.cause === 'undeclaredRoute';
  if (!isUnknown || names.controller !== '' || !names.isNotFound) return match;
  return unmapped('notFound', `${message('The response was 404.')} ${match.reason}`);
}

/** No handler has GraphQL's own route: the operation tells. */
const orGraphql = (match: SpanMatch, server: number, state: MatchContext): SpanMatch =>
  isMatch(match) ? match : (matchGraphqlRequest(server, state) ?? match);

/** `request handler` of Express and Fastify, which NestJS's own spans lie in or beside. */
function matchFrameworkHandler(span: RawSpan, row: number, state: MatchContext): SpanMatch {
  const server = state.server[row] ?? -1;
  const names = requestNames(span);
  const above = state.trace.spans[server];
  const answer = nestMatch(state.answeredBy[server] ?? -1, state);
  if (answer !== undefined) return answer;
  const asked = above === undefined ? undefined : requestNames(above);
  if (names.route === '') {
    const match = asked && lookUp(asked, row, state);
    if (match !== undefined && isMatch(match)) return match;
    return unmapped(
      'framework',
      message('Framework code that passes the request on, without a route.'),
    );
  }
  const method = names.method === '' ? (asked?.method ?? '') : names.method;
  return orGraphql(lookUp({ ...names, method }, row, state), server, state);
}

/** The inner span says only the method's name: its class is that of the request span above. */
function matchInnerHandler(span: RawSpan, row: number, state: MatchContext): SpanMatch | undefined {
  const request = state.nestRequest[row] ?? -1;
  const above = state.trace.spans[request];
  if (above === undefined) return undefined;
  const names = requestNames(above);
  const callback = textAttribute(span.attributes, 'nestjs.callback') ?? names.callback;
  if (callback === names.callback) return matchRequestSpan(above, request, state);
  return lookUp({ ...names, callback }, row, state);
}

/** What the NestJS span of a request says of the request's other spans. */
function nestMatch(row: number, state: MatchContext): SpanMatch | undefined {
  const span = state.trace.spans[row];
  if (span === undefined) return undefined;
  const match = lookUp(requestNames(span), row, state);
  if (!isMatch(match)) return undefined;
  const told = state.parts.get(match) ?? {
    ...match,
    reason: message("Found from this request's NestJS span. {0}", match.reason),
  };
  state.parts.set(match, told);
  return told;
}

/** A trace repeats its requests: each is looked up once. */
function lookUp(names: RequestNames, row: number, state: MatchContext): SpanMatch {
  const { service, method, route, controller, callback, isNotFound } = names;
  const path = controller === '' ? `${names.path} ${Number(isNotFound)}` : '';
  const key = [service, method, route, path, controller, callback].join('\n');
  const match = state.requests.get(key) ?? matchRequest(names, placeOf(state, row), state.index);
  state.requests.set(key, match);
  return match;
}

/** Of Express (since version 5 by its router) and Fastify, whose own span of the whole request has `fastify.root`. */
const isRequestHandler = ({ attributes }: RawSpan) =>
  /^request[_-]handler$/.test(
    textAttribute(attributes, 'express.type', 'router.type', 'fastify.type') ?? '',
  ) || textAttribute(attributes, 'fastify.root') !== undefined;
