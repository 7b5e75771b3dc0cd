import type { AnyFunction } from './anyFunction.ts';
import { applicationCall } from './callSite.ts';
import { firstOfChain } from './fluentCalls.ts';
import type { Location } from './location.ts';

/**
 * Prisma's promises begin their work when somebody waits for them, and then the stack holds nothing of the
 * application: so the line is noted when the call is made, and known again while its promise begins.
 */
let beginning: Location | undefined;

/** The line of the Prisma call that begins at this moment. */
export const beginningCall = (): Location | undefined => beginning;

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Members = Record<string, unknown>;

/** What each Prisma client has beneath its models. */
interface PrismaClient {
  readonly _originalClient?: object;
  readonly _createPrismaPromise: Method;
}

const noted = new WeakSet();

export function isPrismaClient(value: unknown): value is PrismaClient {
  if (typeof value !== 'object' || value === null) return false;
  const { _createPrismaPromise, _request, $transaction } = value as Members;
  return [_createPrismaPromise, _request, $transaction].every((one) => typeof one === 'function');
}

/**
 * Notes the line of each call that the client, and the clients that `$extends` and `$transaction` make of it,
 * are asked for. Answers the client itself; another value is left as it is.
 */
export function locatePrismaCalls<T>(client: T): T {
  try {
    if (isPrismaClient(client)) watchClient((client._originalClient ?? client) as PrismaClient);
  } catch {
    // A client of a shape that isn't known keeps working; its spans have no line.
  }
  return client;
}

function watchClient(client: PrismaClient): void {
  if (noted.has(client)) return;
  noted.add(client);
  (client as unknown as Members)['_createPrismaPromise'] = noting(client._createPrismaPromise);
  let prototype: object | null = client;
  while (prototype !== null && !Object.hasOwn(prototype, '_createItxClient'))
    prototype = Object.getPrototypeOf(prototype) as object | null;
  if (prototype !== null) watchTransactions(prototype as Members);
}

/** A transaction's client makes promises of its own, out of reach: its methods are wrapped instead. */
function watchTransactions(prototype: Members): void {
  const create = prototype['_createItxClient'];
  if (typeof create !== 'function' || noted.has(prototype)) return;
  noted.add(prototype);
  prototype['_createItxClient'] = function (this: unknown, ...args: unknown[]): unknown {
    const client: unknown = Reflect.apply(create, this, args);
    return typeof client === 'object' && client !== null ? transactionClient(client) : client;
  };
}

function transactionClient(client: object): object {
  const models = new WeakMap<object, object>();
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (key === '_createPrismaPromise' && typeof value === 'function')
        return noting(value as Method);
      if (typeof value !== 'object' || value === null || !isModel(value)) return value;
      const known = models.get(value) ?? withMethodsNoted(value);
      models.set(value, known);
      return known;
    },
  });
}

const isModel = (value: object) => typeof (value as Members)['findMany'] === 'function';

/** A model, or the promise of a `findUnique` made somewhere, whose relations are methods. */
function withMethodsNoted(model: object, madeAt?: Location): object {
  const methods = new Map<PropertyKey, Method>();
  return new Proxy(model, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || ofPromise.has(key)) return value;
      const known = methods.get(key) ?? noting(value as Method, target, madeAt);
      methods.set(key, known);
      return known;
    },
  });
}
const ofPromise = new Set<PropertyKey>([
  'then',
  'catch',
  'finally',
  'requestTransaction',
  'constructor',
]);

/** The same function, whose promise knows the line that called it. */
function noting(make: Method, receiver?: object, madeAt?: Location): Method {
  return function noted(this: unknown, ...args: unknown[]): unknown {
    const location = madeAt ?? callOf(noted, args[1]);
    const made = Reflect.apply(make, receiver ?? this, args);
    if (location === undefined || !isPrismaPromise(made)) return made;
    const promise = beginningAt(made, location);
    return receiver === undefined ? promise : withMethodsNoted(promise, location);
  };
}

function callOf(below: AnyFunction, request: unknown): Location | undefined {
  try {
    const here = applicationCall(below);
    return here && firstOfChain(request, here);
  } catch {
    return undefined;
  }
}

const isPrismaPromise = (value: unknown): value is Members & object =>
  typeof value === 'object' &&
  value !== null &&
  (value as Members)[Symbol.toStringTag as unknown as string] === 'PrismaPromise';

/** Each of these may begin the promise's work, and then its span. */
function beginningAt(promise: Members, location: Location): object {
  for (const name of ['then', 'catch', 'finally', 'requestTransaction']) {
    const begin = promise[name];
    if (typeof begin !== 'function') continue;
    promise[name] = (...args: unknown[]): unknown => {
      const outer = beginning;
      beginning = location;
      try {
        return Reflect.apply(begin, promise, args) as unknown;
      } finally {
        beginning = outer;
      }
    };
  }
  return promise;
}
