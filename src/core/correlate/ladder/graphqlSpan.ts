import { message } from '../../base/message.ts';
import type { CodeIndex, GraphqlHandler } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { fieldsOfSpan } from './graphqlNames.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import {
  manyOperations,
  noOperation,
  placeOf,
  serviceOf,
  type LadderState,
} from './ladderState.ts';
import { fieldKey, lookupsOf } from './lookups.ts';
import { elsewhere, type ServicePlace } from './request.ts';

/**
 * Spans of instrumentation-graphql: a field's resolver by its type and name, an operation by the fields
 * of the root type that it asks for. Undefined for any other span.
 */
export function matchGraphqlSpan(
  span: RawSpan,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  const asked = fieldsOfSpan(span);
  if (asked === undefined) return undefined;
  const { parent, fields, isOperation } = asked;
  const place = placeOf(state, row);
  const service = serviceOf(state, row);
  const [only] = fields;
  if (!isOperation && only !== undefined) {
    const match = matchField({ parent, name: only, service, isOperation }, place, state.index);
    return isMatch(match) ? match : undefined;
  }
  return matchFields(parent, fields, { service, place, index: state.index });
}

/** A field of a GraphQL type, as a span or a row of figures names it. */
interface FieldNames {
  readonly parent: string;
  readonly name: string;
  readonly service: string;
  /** Whether an operation asks for it, or it is resolved. */
  readonly isOperation: boolean;
}

/** The resolver of one field. */
function matchField(
  { parent, name, service, isOperation }: FieldNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const key = fieldKey(parent, name);
  const reason = isOperation
    ? message('The operation asks for {0} alone.', key)
    : message('It resolves the field {0}.', key);
  const { own, all } = resolversOf(parent, name, place, index);
  if (all.length === 0) {
    return unmapped('noListener', message('No resolver here is known for {0}.', key));
  }
  if (own.length > 0) return handlerMatch(own, 'strong', reason);
  return handlerMatch(all, 'likely', `${reason} ${elsewhere(service, place)}`);
}

interface Where {
  readonly service: string;
  readonly place: ServicePlace;
  readonly index: CodeIndex;
}

/** An operation with several fields has several resolvers: none is the operation's alone. */
function matchFields(
  parent: string,
  fields: readonly string[],
  { service, place, index }: Where,
): SpanMatch | undefined {
  const [only] = fields;
  if (only === undefined) return undefined;
  if (fields.length === 1)
    return matchField({ parent, name: only, service, isOperation: true }, place, index);
  const found = fields.flatMap((field): readonly GraphqlHandler[] => {
    const { own, all } = resolversOf(parent, field, place, index);
    return own.length > 0 ? own : all;
  });
  const names = fields.map((field) => fieldKey(parent, field)).join(', ');
  if (found.length === 0) {
    return unmapped('noListener', message('No resolver here is known for {0}.', names));
  }
  return handlerMatch(
    found,
    'likely',
    message('The operation asks for {0}: each has a resolver of its own.', names),
  );
}

function resolversOf(parent: string, name: string, place: ServicePlace, index: CodeIndex) {
  const all = lookupsOf(index).resolvers.get(fieldKey(parent, name)) ?? [];
  return { all, own: all.filter(({ project }) => project === place.project?.id) };
}

/** The server span of a GraphQL request is the resolver's of the one operation in it. */
export function matchGraphqlRequest(server: number, state: LadderState): SpanMatch | undefined {
  const row = state.graphqlBelow[server] ?? -1;
  if (row === manyOperations) {
    const reason = message('A batch of GraphQL operations: each has its own span below.');
    return unmapped('framework', reason);
  }
  if (row === noOperation) {
    const reason = message('GraphQL refused the request before a resolver ran.');
    return unmapped('framework', reason);
  }
  const span = state.trace.spans[row];
  const operation = span && matchGraphqlSpan(span, row, state);
  if (operation === undefined || !isMatch(operation)) return undefined;
  const reason = message('The GraphQL operation of the request tells. {0}', operation.reason);
  return { ...operation, reason };
}
