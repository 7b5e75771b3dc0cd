import { message } from '../../base/message.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { fieldsOfSpan, type AskedFields } from './graphqlNames.ts';
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
  const where = { service: serviceOf(state, row), place: placeOf(state, row), index: state.index };
  const match = matchFields(asked, where);
  return asked.isOperation || (match && isMatch(match)) ? match : undefined;
}

interface Where {
  readonly service: string;
  readonly place: ServicePlace;
  readonly index: CodeIndex;
}

/**
 * The resolver of a field, or of the only field of an operation. An operation with several fields has several
 * resolvers: none is the operation's alone. Undefined: no field.
 */
export function matchFields(asked: AskedFields, where: Where): SpanMatch | undefined {
  const { parent, fields, isOperation } = asked;
  const names = fields.map((field) => fieldKey(parent, field)).join(', ');
  const found = fields.map((field) => resolversOf(parent, field, where));
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  if (found.every(({ all }) => all.length === 0)) {
    return unmapped('noListener', message('No resolver here is known for {0}.', names));
  }
  if (others.length > 0) {
    const handlers = found.flatMap(({ all, own }) => (own.length > 0 ? own : all));
    const reason = message('The operation asks for {0}: each has a resolver of its own.', names);
    return handlerMatch(handlers, 'likely', reason);
  }
  const reason = isOperation
    ? message('The operation asks for {0} alone.', names)
    : message('It resolves the field {0}.', names);
  if (first.own.length > 0) return handlerMatch(first.own, 'strong', reason);
  return handlerMatch(first.all, 'likely', `${reason} ${elsewhere(where.service, where.place)}`);
}

function resolversOf(parent: string, name: string, { place, index }: Where) {
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
