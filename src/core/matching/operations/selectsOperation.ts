import { layerOf, type OperationKey, type OperationSelector } from './operationKinds.ts';

/** Whether spans of that key are what the selector asks for. */
export function selectsOperation(selector: OperationSelector, key: OperationKey): boolean {
  if (!fits(selector.name, key.name) || !fits(selector.service, key.service)) return false;
  switch (selector.kind) {
    case 'http':
      return (
        key.kind === 'http' &&
        fits(selector.method, key.method) &&
        fits(selector.route, key.route) &&
        fits(selector.path, key.path) &&
        fits(selector.controller, key.controller) &&
        fits(selector.callback, key.callback)
      );
    case 'rpc':
      return key.kind === 'rpc' && fits(selector.rpc, key.rpc);
    case 'nest':
      return (
        key.kind === 'nest' &&
        fits(selector.method, key.method) &&
        fits(selector.route, key.route) &&
        fits(selector.controller, key.controller) &&
        fits(selector.callback, key.callback)
      );
    case 'graphql':
      return (
        key.kind === 'graphql' &&
        fits(selector.parent, key.parent) &&
        fits(selector.fields?.join(), key.fields.join())
      );
    case 'messaging':
      return (
        key.kind === 'messaging' &&
        fits(selector.system, key.system) &&
        fits(selector.destination, key.destination) &&
        fits(selector.exchange, key.exchange) &&
        fits(selector.routingKey, key.routingKey) &&
        fits(selector.job, key.job) &&
        (selector.isRequest !== true || key.isRequest)
      );
    case 'proxy':
      return key.kind === 'proxy' && fits(selector.method, key.method);
    case 'other':
      return layerOf(key) === 'other';
  }
}

/** What is empty isn't asked for. */
const fits = (asked: string | undefined, has: string): boolean =>
  asked === undefined || asked === '' || asked === has;
