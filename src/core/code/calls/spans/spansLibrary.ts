import type { OtherCallSite } from '../../model.ts';
import { textIn } from '../callArguments.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { clientCall, type ClientCall } from '../clientCall.ts';
import { placeOf } from '../recordedCall.ts';
import { decoratedSpans } from './decoratedSpans.ts';

const starting = new Set(['startActiveSpan', 'startSpan']);
/** Packages whose tracers start spans, and what of them has these methods. */
const tracers: readonly { readonly modules: RegExp; readonly receivers: RegExp }[] = [
  {
    modules: /^@opentelemetry\/(?:api|sdk-trace-base|sdk-trace-node)$/,
    receivers: /^(?:Tracer|(?:trace\.)?(?:getTracerProvider\(\)\.)?getTracer\(\))$/,
  },
  { modules: /^nestjs-otel$/, receivers: /^TraceService(?:\.getTracer\(\))?$/ },
];

/** Spans that the team starts itself, by OpenTelemetry's tracers and by `@Span()` of nestjs-otel and its kin. */
export const spansLibrary: CallLibrary = {
  mentions: (text) => /opentelemetry|nestjs-otel/.test(text),
  members: new Map([...starting].map((name) => [name, 1])),
  link: linkSpan,
  declared: decoratedSpans,
};

function linkSpan(parts: CallParts, call: RecordedCall): OtherCallSite | undefined {
  const { fact } = call;
  if (!starting.has(fact.name)) return undefined;
  const of = clientCall(parts, call);
  const isTracer = tracers.some(
    ({ modules, receivers }) => of && modules.test(of.origin.module) && receivers.test(of.receiver),
  );
  if (!of || !isTracer) return undefined;
  const tracer = tracerName(parts, of);
  return {
    ...placeOf(parts, call),
    library: 'spans',
    operation: fact.name,
    target: textIn(parts, of.given(0)),
    ...(tracer !== undefined && { tracer }),
  };
}

/** `getTracer('orders')`. */
const tracerName = (parts: CallParts, { receiver, madeWith }: ClientCall): string | undefined =>
  receiver.endsWith('getTracer()') ? textIn(parts, madeWith(0)) : undefined;
