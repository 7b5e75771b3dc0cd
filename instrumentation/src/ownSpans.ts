import type { AnyFunction } from './anyFunction.ts';
import { callPlace } from './callSite.ts';
import { noteDecorated } from './decorated.ts';
import type { Location } from './location.ts';
import { methodLocation, type Method } from './methods.ts';
import { scopeOf, type StartedSpan } from './openTelemetry.ts';
import { duringCall } from './stack.ts';

/** Tracers whose spans are never the team's: no stack is taken for them. */
const instrumentations = /instrumentation|^prisma/i;
/** What stands between the code that starts a span and the span. */
const tracing =
  /[\\/]node_modules[\\/](?:@opentelemetry[\\/](?:api|sdk|context|core)|nestjs-otel[\\/])/;
const isLibrary = (file: string) => file.includes('node_modules') && !tracing.test(file);

/** The line that starts a span of the team's own; undefined for those that libraries start for themselves. */
export function ownSpan(span: StartedSpan, below: AnyFunction): Location | undefined {
  const scope = scopeOf(span);
  if (scope === '' || instrumentations.test(scope)) return undefined;
  if (scope === decoratorsScope && decorated.has(span.name ?? '')) return decoratedMethod(span);
  const place = callPlace(below, { isLibrary });
  return place === duringCall ? undefined : place;
}

const decoratorsScope = 'nestjs-otel';
/** Methods with `@Span()` by the name of their spans; undefined where several have the name. */
const decorated = new Map<string, Method | undefined>();

const decoratedMethod = ({ name = '' }: StartedSpan): Location | undefined => {
  const method = decorated.get(name);
  return method && methodLocation(method);
};

type Decorator = (target: object, key: PropertyKey, descriptor: PropertyDescriptor) => unknown;
type MakeDecorator = (...args: unknown[]) => Decorator;

/** nestjs-otel's `@Span()`, which starts a span around a method: the method's line is the span's. */
export function watchSpanDecorator(exports: unknown): void {
  const module = exports as { Span?: MakeDecorator };
  const { Span: make } = module;
  if (make === undefined) return;
  module.Span = (...args) => {
    const decorate = make(...args);
    return function decorating(target, key, descriptor) {
      const name = args.find((arg) => typeof arg === 'string');
      const value: unknown = descriptor.value;
      if (typeof value === 'function' && typeof key === 'string') {
        noteDecorated(value, decorating);
        const spanName = name ?? `${target.constructor.name}.${key}`;
        const method = { owner: target.constructor, name: key, value };
        decorated.set(spanName, decorated.has(spanName) ? undefined : method);
      }
      return decorate(target, key, descriptor);
    };
  };
}
