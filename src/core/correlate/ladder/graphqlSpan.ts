import { message } from '../../base/message.ts';
import type { GraphqlHandler } from '../../code/model.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { rootFields } from './graphqlFields.ts';
import { handlerMatch } from './handlerMatch.ts';
import { placeOf, serviceOf, type LadderState } from './ladderState.ts';
import { fieldKey, lookupsOf } from './lookups.ts';
import { elsewhere } from './request.ts';

const rootTypes: Readonly<Record<string, string>> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

/**
 * Spans of instrumentation-graphql: a field's resolver by its type and name, an operation by the one field
 * of the root type that it asks for. Undefined where no resolver here is known for them.
 */
export function matchGraphqlSpan(
  span: RawSpan,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  const { attributes } = span;
  const field = textAttribute(attributes, 'graphql.field.name');
  if (field !== undefined) {
    const parent = textAttribute(attributes, 'graphql.parent.name') ?? '';
    if (parent === '') return undefined;
    const reason = message('It resolves the field {0}.', fieldKey(parent, field));
    return resolverOf(parent, field, reason, row, state);
  }
  const operation = textAttribute(attributes, 'graphql.operation.type') ?? '';
  const parent = Object.hasOwn(rootTypes, operation) ? rootTypes[operation] : undefined;
  const document = textAttribute(attributes, 'graphql.source');
  const fields = document === undefined ? undefined : rootFields(document);
  const [only] = fields ?? [];
  if (parent === undefined || only === undefined || fields?.length !== 1) return undefined;
  const reason = message('The operation asks for {0} alone.', fieldKey(parent, only));
  return resolverOf(parent, only, reason, row, state);
}

function resolverOf(
  parent: string,
  name: string,
  reason: string,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  const place = placeOf(state, row);
  const all: readonly GraphqlHandler[] =
    lookupsOf(state.index).resolvers.get(fieldKey(parent, name)) ?? [];
  if (all.length === 0) return undefined;
  const own = all.filter(({ project }) => project === place.project?.id);
  if (own.length > 0) return handlerMatch(own, 'strong', reason);
  return handlerMatch(all, 'likely', `${reason} ${elsewhere(serviceOf(state, row), place)}`);
}
