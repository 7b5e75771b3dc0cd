import type { CodeIndex } from '../code/model.ts';
import type { OperationKey } from './figures.ts';
import { matchConsumer } from './ladder/consumer.ts';
import { matchFields } from './ladder/graphqlSpan.ts';
import { namedOnly } from './ladder/messageNames.ts';
import { consumedBy } from './ladder/messageOperation.ts';
import { matchRequest } from './ladder/request.ts';
import { namesOfKey } from './ladder/requestNames.ts';
import { matchRpc, rpcOfName } from './ladder/rpcSpan.ts';
import type { ServicePlace } from './ladder/servicePlace.ts';
import { isMatch, type SpanMatch } from './match.ts';
import { messageOf, pathOfKey } from './operationKey.ts';
import type { ServiceFolders } from './serviceFolders.ts';

/** The handler whose spans a row of figures counts, or why it is nobody's. */
export function matchKey(key: OperationKey, index: CodeIndex, services: ServiceFolders): SpanMatch {
  const finding = services.get(key.service);
  const place: ServicePlace = {
    project: finding?.project,
    evidence: finding?.evidence ?? '',
    language: '',
  };
  if (key.layer === 'graphql') return matchGraphqlKey(key, place, index);
  const rpc = key.layer === 'server' ? rpcOfName(key.name) : undefined;
  if (rpc !== undefined) return matchRpc(rpc, key.service, place, index);
  if (key.layer !== 'other') return matchRequest(namesOfKey(key), place, index);
  const names = messageOf(key) ?? namedOnly(consumedBy(key.name) ?? '');
  return matchConsumer({ ...names, service: key.service, isHandling: true }, place, index);
}

function matchGraphqlKey(key: OperationKey, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { controller: parent, callback, service } = key;
  const asked = { parent, fields: callback.split(','), isOperation: !isResolved(key) };
  return matchFields(asked, { service, place, index });
}

/** Of a field, not of an operation. */
export const isResolved = ({ name }: OperationKey) => name.startsWith('graphql.resolve ');

/**
 * Figures of several possible handlers are nobody's: only a match without alternatives counts, and of a path no guess.
 */
export function certainHandler(match: SpanMatch, key: OperationKey): string | undefined {
  if (key.layer === 'graphql' && key.callback.includes(',')) return undefined;
  if (pathOfKey(key) !== '' && match.confidence === 'weak') return undefined;
  return isMatch(match) && match.alternatives.length === 0 ? match.handlerId : undefined;
}
