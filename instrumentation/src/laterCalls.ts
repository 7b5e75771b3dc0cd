import type { AnyFunction } from './anyFunction.ts';
import {
  callHere,
  inCall,
  noteCalls,
  replaceMethod,
  type CallInProgress,
} from './callsInProgress.ts';
import { redisScopes, sqlScopes } from './scopes.ts';

/** Statements and commands that wait for another call to run them, and where each was made. */
const made = new WeakMap<object, CallInProgress>();

interface Class {
  readonly prototype: object;
}

/** A statement of knex runs when somebody waits for it: the line that it begins in counts. */
export function watchKnex({ prototype }: Class): void {
  for (const name of ['queryBuilder', 'raw'])
    replaceMethod(
      prototype,
      name,
      (begin) =>
        function begun(this: unknown, ...args: unknown[]): unknown {
          const statement = Reflect.apply(begin, this, args);
          note(statement, sqlScopes, begun);
          return statement;
        },
    );
  replaceMethod(
    prototype,
    'runner',
    (make) =>
      function runner(this: unknown, statement: unknown, ...more: unknown[]): unknown {
        const running = Reflect.apply(make, this, [statement, ...more]);
        if (typeof running === 'object' && running !== null)
          runAsMade(running, 'run', () => statement);
        return running;
      },
  );
  noteCalls(prototype, ['transaction'], sqlScopes);
}

/** A pipeline of ioredis sends its commands together: the line of each command counts. */
export function watchPipeline({ default: Pipeline }: { default: Class }): void {
  replaceMethod(
    Pipeline.prototype,
    'sendCommand',
    (queue) =>
      function queued(this: unknown, ...args: unknown[]): unknown {
        note(args[0], redisScopes, queued);
        // By now the instrumentation has replaced the client's own: its span starts inside of this one.
        const { redis } = this as { readonly redis?: object };
        const client = redis && methodOwner(redis, 'sendCommand');
        if (client !== undefined) runAsMade(client, 'sendCommand', (command) => command);
        return Reflect.apply(queue, this, args);
      },
  );
}

function note(statement: unknown, scopes: RegExp, below: AnyFunction): void {
  if (typeof statement !== 'object' || statement === null || made.has(statement)) return;
  const call = callHere(scopes, below);
  if (call !== undefined) made.set(statement, call);
}

/** Has the method, which runs statements, run each in the call that made it. */
function runAsMade(owner: object, name: string, statementOf: (argument: unknown) => unknown): void {
  replaceMethod(
    owner,
    name,
    (run) =>
      function running(this: unknown, ...args: unknown[]): unknown {
        const call = made.get(statementOf(args[0]) as object);
        const start = () => Reflect.apply(run, this, args);
        return call === undefined ? start() : inCall(call, start);
      },
  );
}

function methodOwner(instance: object, name: string): object | undefined {
  let owner: object | null = instance;
  while (owner !== null && !Object.hasOwn(owner, name))
    owner = Object.getPrototypeOf(owner) as object | null;
  return owner ?? undefined;
}
