import type { Context, Span, SpanOptions } from '@opentelemetry/api';
import { spanStarted } from './locateSpan.ts';
import { activeContext, apiKey } from './openTelemetry.ts';

interface Tracer {
  startSpan(name: string, options?: SpanOptions, context?: Context): Span;
}
interface Provider {
  getTracer(name: string): Tracer;
}
/** What the API's `trace` registers: it answers tracers of the provider it is given later. */
interface ProxyProvider {
  setDelegate?(provider: Provider): void;
  getDelegate?(): Provider | undefined;
}
interface Api {
  trace?: ProxyProvider;
}

const watched = new WeakSet();

/** Watches the spans of whatever SDK the application registers, now or later; without an import of its own. */
export function watchTracerProvider(): void {
  const global = globalThis as { [apiKey]?: Api };
  onSet(global, apiKey, (api) =>
    onSet(api, 'trace', (proxy) => {
      const known = proxy.getDelegate?.();
      if (known !== undefined) watchTracer(known);
      const setDelegate = proxy.setDelegate?.bind(proxy);
      if (setDelegate === undefined) return;
      proxy.setDelegate = (provider) => {
        setDelegate(provider);
        watchTracer(provider);
      };
    }),
  );
}

/** All tracers of an SDK have one prototype. */
function watchTracer(provider: Provider): void {
  try {
    const tracer = provider.getTracer('@spanhop/otel');
    const prototype = Object.getPrototypeOf(tracer) as Tracer;
    if (prototype === Object.prototype || watched.has(prototype)) return;
    watched.add(prototype);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its tracer below
    const { startSpan } = prototype;
    prototype.startSpan = function started(this: Tracer, ...args) {
      const span = startSpan.apply(this, args);
      const context = args[2] ?? activeContext();
      if (context !== undefined) spanStarted(span, context, undefined, started);
      return span;
    };
  } catch {
    // An SDK of another shape: its spans have no lines.
  }
}

/** Tells the value that the property has, or gets once. */
function onSet<K extends PropertyKey, V extends object>(
  target: { [key in K]?: V },
  key: K,
  tell: (value: V) => void,
): void {
  let value: V | undefined = target[key];
  if (value !== undefined) tell(value);
  Object.defineProperty(target, key, {
    configurable: true,
    enumerable: true,
    get: () => value,
    set: (next: V | undefined) => {
      if (next !== undefined && next !== value) tell(next);
      value = next;
    },
  });
}
