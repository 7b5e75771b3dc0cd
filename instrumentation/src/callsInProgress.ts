import type { AnyFunction } from './anyFunction.ts';
import type { Context } from '@opentelemetry/api';
import { callPlace } from './callSite.ts';
import type { Location } from './location.ts';
import { activeContext, registeredContexts } from './openTelemetry.ts';
import { duringCall } from './stack.ts';

/** A call of a library, whose spans start when the stack no longer holds the line that made it. */
export interface CallInProgress {
  readonly location: Location;
  /** Names of the instrumentation scopes whose spans are the call's: others belong to code that it runs. */
  readonly scopes: RegExp;
}

const callKey = Symbol('@spanhop/otel call');

/** The innermost call that this context is in, as it was made. */
export const callIn = (context: Context | undefined): CallInProgress | undefined =>
  context?.getValue(callKey) as CallInProgress | undefined;

export type Method = (this: unknown, ...args: unknown[]) => unknown;
type Members = Record<string, unknown>;

const noting = new WeakSet();

/** Has the methods note the line that calls them. Those that aren't there are left out. */
export function noteCalls(owner: object, names: Iterable<string>, scopes: RegExp): void {
  for (const name of names) replaceMethod(owner, name, (method) => notingCall(method, scopes));
}

/** Puts another method in its place, once. */
export function replaceMethod(
  owner: object,
  name: string,
  replaced: (method: Method) => Method,
): void {
  const method = (owner as Members)[name];
  if (typeof method !== 'function' || noting.has(method)) return;
  const other = replaced(method as Method);
  noting.add(other);
  (owner as Members)[name] = other;
}

/**
 * The same method, which runs in the call that is made of it; what it starts only when somebody subscribes
 * to its answer does, too.
 */
export function notingCall(method: Method, scopes: RegExp): Method {
  return function noted(this: unknown, ...args: unknown[]): unknown {
    const call = callHere(scopes, noted);
    if (call === undefined) return Reflect.apply(method, this, args);
    const answer = inCall(call, () => Reflect.apply(method, this, args));
    if (isObservable(answer)) subscribeIn(call, answer);
    return answer;
  };
}

/** The call of the application that is made at this moment; undefined where a library makes it. */
export function callHere(scopes: RegExp, below: AnyFunction): CallInProgress | undefined {
  try {
    const place = callPlace(below);
    return place === undefined || place === duringCall ? undefined : { location: place, scopes };
  } catch {
    return undefined;
  }
}

/** Runs `work` in the call: what it starts then or later has the call in its context. */
export function inCall<T>(call: CallInProgress, work: () => T): T {
  const contexts = registeredContexts();
  const active = activeContext();
  if (contexts === undefined || active === undefined) return work();
  return contexts.with(active.setValue(callKey, call), function duringNotedCall() {
    return work();
  });
}

interface Observable {
  subscribe: Method;
}
const isObservable = (value: unknown): value is Observable =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Members)['subscribe'] === 'function' &&
  typeof (value as Members)['pipe'] === 'function';

function subscribeIn(call: CallInProgress, answer: Observable): void {
  const { subscribe } = answer;
  answer.subscribe = (...args) => inCall(call, () => Reflect.apply(subscribe, answer, args));
}
