import { noteCalls, notingCall, replaceMethod, type Method } from './callsInProgress.ts';
import { httpScopes, messageScopes, redisScopes } from './scopes.ts';

/**
 * Has what NestJS hands out to call with note its calls: HttpService, the clients of microservices and of
 * gRPC, the cache. `prototypes`: of the instance's class and of what that extends.
 */
export function watchNestClient(instance: object, prototypes: readonly object[]): void {
  for (const prototype of prototypes) watchPrototype(prototype);
  if (isCache(instance)) noteCalls(instance, ofCache, redisScopes);
}

function watchPrototype(prototype: object): void {
  const has = (...names: readonly string[]) =>
    names.every((name) => Object.hasOwn(prototype, name));
  if (has('makeObservable', 'axiosRef'))
    noteCalls(prototype, Object.getOwnPropertyNames(prototype).filter(sendsRequest), httpScopes);
  if (has('send', 'emit', 'createObserver')) noteCalls(prototype, ['send', 'emit'], messageScopes);
  if (has('createServiceMethod'))
    replaceMethod(
      prototype,
      'createServiceMethod',
      (make) =>
        function made(this: unknown, ...args: unknown[]): unknown {
          return notingCall(Reflect.apply(make, this, args) as Method, messageScopes);
        },
    );
}

const sendsRequest = (name: string) =>
  !['constructor', 'makeObservable', 'axiosRef'].includes(name);

const ofCache = ['get', 'mget', 'ttl', 'set', 'mset', 'del', 'mdel', 'clear', 'reset', 'wrap'];

/** cache-manager's is an object without a class. */
const isCache = (instance: object) =>
  ['get', 'set', 'del', 'wrap'].every(
    (name) => typeof Object.getOwnPropertyDescriptor(instance, name)?.value === 'function',
  );
