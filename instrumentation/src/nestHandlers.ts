import { handlerLocation } from './methods.ts';
import {
  activeContext,
  consumerKind,
  requestSpanIn,
  serverKind,
  spanIn,
  type StartedSpan,
} from './openTelemetry.ts';
import { upFrom } from './spanTree.ts';
import { stamp } from './stamp.ts';
import type { Location } from './location.ts';

/** What Nest runs guards and interceptors of every handler with, of whatever transport. */
export interface NestConsumers {
  readonly guardsConsumer?: object;
  readonly interceptorsConsumer?: object;
}

const watched = new WeakSet();

/**
 * From now on each call of a handler (of a request, a message, a socket, a GraphQL field) stamps the spans
 * that stand for it. Nest asks its guards first, when there are any, then always its interceptors.
 */
export function watchHandlers({ guardsConsumer, interceptorsConsumer }: NestConsumers): void {
  watch(guardsConsumer, 'tryActivate');
  watch(interceptorsConsumer, 'intercept');
}

/** `tryActivate(guards, args, instance, callback, type)`, `intercept` alike but for what `next` is. */
function watch(consumer: object | undefined, name: 'tryActivate' | 'intercept'): void {
  if (consumer === undefined) return;
  const prototype = Object.getPrototypeOf(consumer) as Record<string, unknown>;
  const original = prototype[name];
  if (typeof original !== 'function' || watched.has(prototype)) return;
  watched.add(prototype);
  prototype[name] = function (this: unknown, ...given: readonly unknown[]): unknown {
    const [, args, instance, callback] = given;
    handlerCalled(args, instance, callback, given[name === 'intercept' ? 5 : 4]);
    return Reflect.apply(original, this, given) as unknown;
  };
}

function handlerCalled(args: unknown, instance: unknown, callback: unknown, type: unknown): void {
  try {
    if (typeof instance !== 'object' || instance === null || typeof callback !== 'function') return;
    const context = activeContext();
    const span = spanIn(context);
    if (span === undefined) return;
    const location = handlerLocation(instance, callback);
    if (location === undefined) return;
    if (type === 'graphql') stampField(span, location, args);
    else stampRequest(span, requestSpanIn(context), location);
  } catch {
    // A span without its line is better than a request without an answer.
  }
}

/** From the active span up to the one that received the request or message. */
function stampRequest(
  active: StartedSpan,
  request: StartedSpan | undefined,
  location: Location,
): void {
  for (const span of upFrom(active)) {
    if (isRequest(span) || isReceiver(span)) stamp(span, location);
    if (span.attributes?.['nestjs.type'] === 'request_context') answers.set(span, location);
    if (isReceiver(span)) return;
  }
  if (request !== undefined) stamp(request, location);
}

/** By NestJS's span of the request. */
const answers = new WeakMap<StartedSpan, Location>();

/** The handler that NestJS called for the request of that span. */
export const answerOf = (span: StartedSpan): Location | undefined => answers.get(span);

const isReceiver = ({ kind }: StartedSpan) => kind === serverKind || kind === consumerKind;

const isRequest = ({ attributes = {} }: StartedSpan) =>
  attributes['nestjs.type'] === 'request_context' ||
  attributes['express.type'] === 'request_handler' ||
  attributes['fastify.type'] === 'request_handler' ||
  attributes['fastify.type'] === 'request-handler';

/** Of a GraphQL request many handlers are called: a root field's stands for the operation too. */
function stampField(active: StartedSpan, location: Location, args: unknown): void {
  const info = (args as readonly unknown[] | undefined)?.[3] as ResolveInfo | undefined;
  if (info?.path === undefined) return;
  const path = fieldPath(info.path);
  for (const span of upFrom(active)) {
    const { attributes = {} } = span;
    const field = attributes['graphql.field.path'];
    if (field !== undefined) {
      if (field === path) stamp(span, location);
    } else if (attributes['graphql.operation.type'] !== undefined) {
      if (info.path.prev === undefined) stamp(span, location);
      return;
    } else if (isReceiver(span)) return;
  }
}

interface FieldPath {
  readonly prev?: FieldPath | undefined;
  readonly key: string | number;
}
interface ResolveInfo {
  readonly path?: FieldPath;
}

/** As the GraphQL instrumentation writes it: `orders.0.items`. */
function fieldPath(path: FieldPath): string {
  const keys: (string | number)[] = [];
  for (let one: FieldPath | undefined = path; one !== undefined; one = one.prev)
    keys.unshift(one.key);
  return keys.join('.');
}
