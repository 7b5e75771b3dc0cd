import type { GraphqlHandler } from '../../code/model.ts';
import { textAttribute } from '../../trace/rawSpan.ts';
import { isMatch } from '../match.ts';
import { mentionedFields } from '../graphql/graphqlFields.ts';
import type { Found, MatchContext } from '../matchContext.ts';
import { lookupsOf } from '../lookups.ts';
import { handlerById } from '../attributes/namedHandler.ts';

/** Methods that run in a handler's request besides it, by their ids. */
export interface PipelineHandler {
  /** Middleware, guards, interceptors and pipes of all handlers, then those that it or its class names. */
  readonly steps: readonly string[];
  /** Of these the ones that it or its class names: they surely run. */
  readonly named: readonly string[];
  /** Of these interceptors, which mostly look at what the handler gave, and filters. */
  readonly after: readonly string[];
  /** Resolvers of fields that a GraphQL operation asks for as well, where they have no span of their own. */
  readonly resolvers: readonly string[];
}

/** Between a resolver's span and its operation's there are the fields around it; hostile traces nest deeper. */
const maxLevels = 50;

/** @param row of a span that is matched to the handler. */
export function pipelineHandler(
  row: number,
  methodId: string,
  found: Found,
  context: MatchContext,
): PipelineHandler {
  const { everywhere, named } = isOfField(row, found, context)
    ? nothing
    : context.index.enhancersAround(methodId);
  const resolvers = resolversBelow(row, methodId, found, context);
  const steps = [...new Set([...everywhere, ...named])];
  const after = steps.filter((id) => isAfter.has(context.index.method(id)?.name ?? ''));
  return { steps, named, after, resolvers };
}

const isAfter = new Set(['intercept', 'catch']);
const nothing = { everywhere: [], named: [] };

/** NestJS runs no guards for the resolver of a field, unless the application asks for it. */
function isOfField(row: number, found: Found, { index }: MatchContext): boolean {
  const match = found[row];
  const id = match !== undefined && isMatch(match) ? match.handlerId : undefined;
  const handler = id === undefined ? undefined : handlerById(index, id);
  return handler?.kind === 'graphql' && handler.operation === 'field';
}

function resolversBelow(
  row: number,
  methodId: string,
  found: Found,
  context: MatchContext,
): readonly string[] {
  if (context.isGraphql[row] !== 1) return [];
  const document = documentAbove(row, context);
  if (document === '') return [];
  const mentioned = mentionedFields(document);
  const own = lookupsOf(context.index).resolvers;
  const main = [...own.values()].flat().find((handler) => handler.methodId === methodId);
  const isAsked = ({ name, project, id }: GraphqlHandler) =>
    mentioned.has(name) && project === main?.project && !hasSpan(id, found, context);
  const asked = [...own.values()].flat().filter(isAsked);
  return [...new Set(asked.map((handler) => handler.methodId))].filter((id) => id !== methodId);
}

function documentAbove(row: number, { trace }: MatchContext): string {
  let at = row;
  for (let level = 0; at >= 0 && level < maxLevels; level++) {
    const { attributes } = trace.spans[at] ?? { attributes: [] };
    const document = textAttribute(attributes, 'graphql.source', 'graphql.document');
    const isOperation = textAttribute(attributes, 'graphql.operation.type') !== undefined;
    if (isOperation && document !== undefined) return document;
    at = trace.columns.parent[at] ?? -1;
  }
  return '';
}

/** By what was found: of each trace once. */
const spanned = new WeakMap<Found, ReadonlySet<string>>();

/** Whether the trace has a span of that resolver alone. */
function hasSpan(handlerId: string, found: Found, context: MatchContext): boolean {
  const known = spanned.get(found) ?? handlersOfFields(found, context);
  spanned.set(found, known);
  return known.has(handlerId);
}

function handlersOfFields(found: Found, { trace, isGraphql }: MatchContext): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [row, { attributes }] of trace.spans.entries()) {
    if (isGraphql[row] !== 1 || textAttribute(attributes, 'graphql.field.name') === undefined)
      continue;
    const match = found[row];
    if (match !== undefined && isMatch(match) && match.handlerId !== undefined)
      ids.add(match.handlerId);
  }
  return ids;
}
