import { message } from '../../base/message.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { Project } from '../../code/projects/project.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { fieldsOfSpan, type AskedFields } from './graphqlNames.ts';
import { handlerMatch, unmapped } from '../handlerMatch.ts';
import {
  manyOperations,
  noOperation,
  placeOf,
  serviceOf,
  type MatchContext,
} from '../matchContext.ts';
import { fieldKey, lookupsOf } from '../lookups.ts';
import { elsewhere, type ServicePlace } from '../servicePlace.ts';

/**
 * Spans of instrumentation-graphql: a field's resolver by its type and name, an operation by the fields
 * of the root type that it asks for. Undefined for any other span.
 */
export function matchGraphqlSpan(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  const asked = fieldsOfSpan(span);
  if (asked === undefined) return undefined;
  const where = {
    service: serviceOf(row, context),
    place: placeOf(row, context),
    index: context.index,
  };
  const match = matchFields(asked, where);
  return asked.isOperation || isMatch(match) ? match : undefined;
}

interface Where {
  readonly service: string;
  readonly place: ServicePlace;
  readonly index: CodeIndex;
}

/**
 * The resolver of a field, or of the only field of an operation. An operation with several fields has several
 * resolvers: none is the operation's alone.
 */
export function matchFields(asked: AskedFields, where: Where): SpanMatch {
  const { parent, fields, isOperation } = asked;
  const names = fields.map((field) => fieldKey(parent, field)).join(', ');
  const found = fields.map((field) => resolversOf(parent, field, where));
  const [first, ...others] = found;
  if (first === undefined) {
    return unmapped('framework', message('Schema introspection; no resolver runs.'));
  }
  if (found.every(({ all }) => all.length === 0)) {
    return unmapped('noListener', message('No resolver found for {0}.', names));
  }
  if (others.length > 0) {
    const handlers = found.flatMap(({ all, own }) => (own.length > 0 ? own : all));
    const reason = message('The operation requests {0}, each with its own resolver.', names);
    return handlerMatch(handlers, 'likely', reason);
  }
  const reason = isOperation
    ? message('The operation requests only {0}.', names)
    : message('Resolves field {0}.', names);
  if (first.own.length > 0) return handlerMatch(first.own, 'strong', reason);
  return handlerMatch(first.all, 'likely', `${reason} ${elsewhere(where.service, where.place)}`);
}

function resolversOf(parent: string, name: string, { place, index }: Where) {
  const all = lookupsOf(index).resolvers.get(fieldKey(parent, name)) ?? [];
  return { all, own: all.filter(({ project }) => project === place.project?.id) };
}

/** The server span of a GraphQL request is the resolver's of the one operation in it. */
export function matchGraphqlRequest(server: number, context: MatchContext): SpanMatch | undefined {
  const row = context.graphqlBelow[server] ?? -1;
  if (row === -1) return matchGraphqlRoute(server, context);
  if (row === manyOperations) {
    const reason = message('Batch of GraphQL operations; each has its own span below.');
    return unmapped('framework', reason);
  }
  if (row === noOperation) {
    const reason = message('GraphQL rejected the request before a resolver ran.');
    return unmapped('framework', reason);
  }
  const span = context.trace.spans[row];
  const operation = span && matchGraphqlSpan(span, row, context);
  if (operation === undefined || !isMatch(operation)) return undefined;
  const reason = message("Found from this request's GraphQL operation. {0}", operation.reason);
  return { ...operation, reason };
}

/** A request that GraphQL's route took, and of which no span tells what it asked for. */
function matchGraphqlRoute(server: number, context: MatchContext): SpanMatch | undefined {
  const { attributes } = context.trace.spans[server] ?? { attributes: [] };
  const route = textAttribute(attributes, 'http.route', 'url.path', 'http.target') ?? '';
  const { project } = placeOf(server, context);
  const isGraphql = /\/graphql\/?(?:\?.*)?$/i.test(route);
  if (!isGraphql || !hasResolvers(project, context.index)) return undefined;
  return unmapped('framework', message('GraphQL endpoint; no span for an operation.'));
}

const hasResolvers = (project: Project | undefined, { handlers }: CodeIndex): boolean =>
  project !== undefined &&
  handlers.some((handler) => handler.kind === 'graphql' && handler.project === project.id);
