import type { Attributes, Context, Span } from '@opentelemetry/api';

/** What a span of any OpenTelemetry SDK for JavaScript has when it starts. */
export interface StartedSpan {
  readonly name?: string;
  /** 0 internal, 1 server, 2 client, 3 producer, 4 consumer. */
  readonly kind?: number;
  readonly attributes?: Attributes;
  isRecording(): boolean;
  setAttributes(attributes: Attributes): unknown;
}

export const serverKind = 1;
export const clientKind = 2;
export const producerKind = 3;
export const consumerKind = 4;

/** Where the API keeps what an application registered, whichever copy of the API that was. */
export const apiKey = Symbol.for('opentelemetry.js.api.1');
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');
const requestKey = Symbol.for('OpenTelemetry SDK Context Key RPC_METADATA');

interface RegisteredApi {
  readonly context?: { active(): Context };
}

/** Undefined where nothing keeps contexts. */
export function activeContext(): Context | undefined {
  return (globalThis as { [apiKey]?: RegisteredApi })[apiKey]?.context?.active();
}

export const spanIn = (context: Context | undefined): StartedSpan | undefined =>
  context?.getValue(spanKey) as (StartedSpan & Span) | undefined;

/** The server span of the request in whose turn we are, which the HTTP instrumentation leaves for others. */
export function requestSpanIn(context: Context | undefined): StartedSpan | undefined {
  const request = context?.getValue(requestKey) as { readonly span?: StartedSpan } | undefined;
  return request?.span;
}
