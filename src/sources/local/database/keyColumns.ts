import type {
  HttpKey,
  Layer,
  MessagingKey,
  OperationKey,
  OperationSelector,
} from '../../../core/matching/operations/operationKinds.ts';
import { rpcOfName } from '../../../core/matching/messages/rpcNames.ts';

/**
 * A key of figures as `entries` has it. The columns are those of an HTTP request, whatever the key is of: stores of
 * every version hold the same text for the same operation, so that what was counted before is found again.
 */
export interface KeyColumns {
  readonly layer: Layer;
  readonly service: string;
  readonly name: string;
  readonly method: string;
  readonly route: string;
  readonly controller: string;
  readonly callback: string;
}

const unknown = { method: '', route: '', controller: '', callback: '' };
const requestWord = 'REQUEST';
const ofDefaultExchange = 'rabbitmq default';

/** Of a selector what it doesn't ask for is empty. */
export function columnsOf(key: OperationKey | OperationSelector): KeyColumns {
  const { kind, service, name } = key;
  const named = { ...unknown, service, name };
  switch (kind) {
    case 'http': {
      const { method = '', route = '', path = '', controller = '', callback = '' } = key;
      return { ...named, layer: 'server', method, route, controller, callback: path || callback };
    }
    case 'rpc':
      return { ...named, layer: 'server' };
    case 'nest': {
      const { method = '', route = '', controller = '', callback = '' } = key;
      return { ...named, layer: 'nest', method, route, controller, callback };
    }
    case 'graphql': {
      const { parent = '', fields = [] } = key;
      return { ...named, layer: 'graphql', controller: parent, callback: fields.join(',') };
    }
    case 'messaging': {
      const { system = '', destination = '', exchange = '', routingKey = '', job = '' } = key;
      return {
        ...named,
        layer: 'other',
        method: key.isRequest === true ? requestWord : '',
        route: routingKey || job,
        controller: exchange === 'default' ? ofDefaultExchange : system,
        callback: destination,
      };
    }
    case 'proxy':
      return { ...named, layer: 'proxy', method: key.method ?? '' };
    case 'other':
      return { ...named, layer: 'other' };
  }
}

/** The key that `columnsOf` wrote. */
export function keyOfColumns(row: KeyColumns): OperationKey {
  const { layer, service, name, method, route, controller, callback } = row;
  switch (layer) {
    case 'server':
      return serverKey(row);
    case 'nest':
      return { kind: 'nest', service, name, method, route, controller, callback };
    case 'graphql':
      return { kind: 'graphql', service, name, parent: controller, fields: callback.split(',') };
    case 'proxy':
      return { kind: 'proxy', service, name, method };
    case 'other':
      return controller === '' ? { kind: 'other', service, name } : messagingKey(row);
  }
}

function serverKey({ service, name, method, route, controller, callback }: KeyColumns) {
  const isNameless = route === '' && controller === '';
  const rpc = isNameless && method === '' && callback === '' ? rpcOfName(name) : undefined;
  if (rpc !== undefined) return { kind: 'rpc', service, name, rpc } as const;
  const key: HttpKey = {
    kind: 'http',
    service,
    name,
    method,
    route,
    path: isNameless ? callback : '',
    controller,
    callback: isNameless ? '' : callback,
  };
  return key;
}

function messagingKey(row: KeyColumns): MessagingKey {
  const { service, name, method, route, controller, callback } = row;
  const isDefault = controller === ofDefaultExchange;
  const system = isDefault ? 'rabbitmq' : controller;
  const isBull = system === 'bullmq';
  return {
    kind: 'messaging',
    service,
    name,
    system,
    destination: callback,
    exchange: system === 'rabbitmq' ? (isDefault ? 'default' : 'named') : '',
    routingKey: isBull ? '' : route,
    job: isBull ? route : '',
    isRequest: method === requestWord,
  };
}
