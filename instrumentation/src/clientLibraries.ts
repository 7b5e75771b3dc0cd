import { callIn, inCall, noteCalls, replaceMethod, type Method } from './callsInProgress.ts';
import { watchKnex, watchPipeline } from './laterCalls.ts';
import { activeContext } from './openTelemetry.ts';
import { watchSpanDecorator } from './ownSpans.ts';
import { anyScope, httpScopes, redisScopes, sqlScopes } from './scopes.ts';

interface Class {
  readonly prototype: object;
}

/**
 * Clients whose spans start in a later turn, or whose calls run in another line than they are made in, by the
 * file that has them. CommonJS modules: of others, their spans have no line.
 */
const libraries: readonly (readonly [file: RegExp, watch: (exports: never) => void])[] = [
  [/[\\/]axios[\\/](?:dist[\\/]node[\\/]axios\.cjs|lib[\\/]axios\.js)$/, watchAxios],
  [/[\\/]pg-pool[\\/]index\.js$/, (Pool: Class) => noteCalls(Pool.prototype, ['query'], sqlScopes)],
  [/[\\/]mysql2?[\\/]lib[\\/](?:base[\\/]pool|Pool)\.js$/, watchMysqlPool],
  [/[\\/]knex[\\/]lib[\\/](?:client|dialects[\\/][\w-]+[\\/]index)\.js$/, watchKnex],
  [/[\\/]ioredis[\\/]built[\\/]Pipeline\.js$/, watchPipeline],
  [
    /[\\/]bull[\\/]lib[\\/]queue\.js$/,
    (Queue: Class) => noteCalls(Queue.prototype, addJobs, redisScopes),
  ],
  [
    /[\\/]bullmq[\\/]dist[\\/]cjs[\\/]classes[\\/]queue\.js$/,
    ({ Queue }: { Queue: Class }) => noteCalls(Queue.prototype, addJobs, anyScope),
  ],
  [/[\\/]nestjs-otel[\\/].*[\\/]span\.js$/, watchSpanDecorator],
];
const addJobs = ['add', 'addBulk'];

/** To be called with each CommonJS module as it was loaded. */
export function watchLibrary(exports: unknown, filename: string): void {
  for (const [file, watch] of libraries) if (file.test(filename)) watch(exports as never);
}

/** Its instances have bound all else; each request passes by this one. */
function watchAxios({ Axios }: { Axios: Class }): void {
  const all = '_request' in Axios.prototype ? '_request' : 'request';
  noteCalls(Axios.prototype, [all], httpScopes);
}

function watchMysqlPool({ prototype }: Class): void {
  noteCalls(prototype, ['query', 'execute'], sqlScopes);
  replaceMethod(prototype, 'getConnection', keepingCall);
}

/** A pool without a free connection calls back in the turn of whoever gives one back. */
function keepingCall(method: Method): Method {
  return function kept(this: unknown, ...args: unknown[]): unknown {
    const call = callIn(activeContext());
    const callback = args.at(-1);
    if (call === undefined || typeof callback !== 'function')
      return Reflect.apply(method, this, args);
    const later = (...given: unknown[]): unknown =>
      inCall(call, () => Reflect.apply(callback as Method, undefined, given));
    return Reflect.apply(method, this, [...args.slice(0, -1), later]);
  };
}
