import type { Attributes, Context, Span } from '@opentelemetry/api';

/** What a span of any OpenTelemetry SDK for JavaScript has when it starts. */
export interface StartedSpan {
  readonly name?: string;
  /** 0 internal, 1 server, 2 client, 3 producer, 4 consumer. */
  readonly kind?: number;
  readonly attributes?: Attributes;
  /** Who made the span, as SDK 2 and SDK 1 name it. */
  readonly instrumentationScope?: Scope;
  readonly instrumentationLibrary?: Scope;
  isRecording(): boolean;
  setAttributes(attributes: Attributes): unknown;
}

interface Scope {
  readonly name?: string;
}

/** The name of the tracer that made the span. */
export const scopeOf = (span: StartedSpan): string =>
  (span.instrumentationScope ?? span.instrumentationLibrary)?.name ?? '';

export const internalKind = 0;
export const serverKind = 1;
export const clientKind = 2;
const producerKind = 3;
export const consumerKind = 4;

/** Where the API keeps what an application registered, whichever copy of the API that was. */
export const apiKey = Symbol.for('opentelemetry.js.api.1');
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');
const requestKey = Symbol.for('OpenTelemetry SDK Context Key RPC_METADATA');

interface Contexts {
  active(): Context;
  with<T>(context: Context, work: () => T): T;
}
interface RegisteredApi {
  readonly context?: Contexts;
}

/** What keeps contexts; undefined without an SDK. */
export const registeredContexts = (): Contexts | undefined =>
  (globalThis as { [apiKey]?: RegisteredApi })[apiKey]?.context;

/** Undefined where nothing keeps contexts. */
export const activeContext = (): Context | undefined => registeredContexts()?.active();

export const isOutgoing = ({ kind }: StartedSpan): boolean =>
  kind === clientKind || kind === producerKind;

export const spanIn = (context: Context | undefined): StartedSpan | undefined =>
  context?.getValue(spanKey) as (StartedSpan & Span) | undefined;

/** The server span of the request in whose turn we are, which the HTTP instrumentation leaves for others. */
export function requestSpanIn(context: Context | undefined): StartedSpan | undefined {
  const request = context?.getValue(requestKey) as { readonly span?: StartedSpan } | undefined;
  return request?.span;
}
