import { message } from '../../base/message.ts';
import type { CodeIndex } from '../../code/model.ts';
import { matchConsumer } from '../messages/consumer.ts';
import { matchFields } from '../graphql/graphqlSpan.ts';
import { unmapped } from '../handlerMatch.ts';
import { namedOnly } from '../messages/messageNames.ts';
import { consumedBy } from '../messages/messageOperation.ts';
import { matchGoRequest } from '../http/goRequest.ts';
import { goServiceOf } from '../http/goSpan.ts';
import { matchRequest } from '../http/request.ts';
import { namesOfKey } from '../http/requestNames.ts';
import { matchRpc } from '../messages/rpcSpan.ts';
import type { ServicePlace } from '../servicePlace.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { isPathOnly, isResolved, messageOf } from './operationKey.ts';
import type { OperationKey } from './operationKinds.ts';
import type { ServiceFolders } from '../serviceFolders.ts';

/** The handler whose spans a row of figures counts, or why it is nobody's. */
export function matchKey(key: OperationKey, index: CodeIndex, services: ServiceFolders): SpanMatch {
  const { service } = key;
  const finding = services.get(service);
  const place: ServicePlace = {
    project: finding?.project,
    evidence: finding?.evidence ?? '',
    language: '',
  };
  switch (key.kind) {
    case 'http': {
      const go = goServiceOf(place.project, index);
      if (go) return matchGoRequest({ ...namesOfKey(key), name: key.name }, go);
      return matchRequest(namesOfKey(key), place, index);
    }
    case 'nest':
      return matchRequest(namesOfKey(key), place, index);
    case 'rpc':
      return matchRpc(key.rpc, service, place, index);
    case 'graphql': {
      const { parent, fields } = key;
      const asked = { parent, fields, isOperation: !isResolved(key) };
      return matchFields(asked, { service, place, index });
    }
    case 'messaging':
      return matchConsumer({ ...messageOf(key), service, isHandling: true }, place, index);
    case 'proxy':
      return unmapped('proxy', message('{0} is a proxy and has no code here.', service));
    case 'other': {
      const names = namedOnly(consumedBy(key.name) ?? '');
      return matchConsumer({ ...names, service, isHandling: true }, place, index);
    }
  }
}

/**
 * Figures of several possible handlers are nobody's: only a match without alternatives counts, and of a path no guess.
 */
export function certainHandler(match: SpanMatch, key: OperationKey): string | undefined {
  if (key.kind === 'graphql' && key.fields.length > 1) return undefined;
  if (isPathOnly(key) && match.confidence === 'weak') return undefined;
  return isMatch(match) && match.alternatives.length === 0 ? match.handlerId : undefined;
}
