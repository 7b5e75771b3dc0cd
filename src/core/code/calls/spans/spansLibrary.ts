import type { OtherCallSite } from '../../model.ts';
import { textPattern } from '../textPattern.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { packageCall } from '../packageCall.ts';
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
  const { fact, path, context } = call;
  if (!starting.has(fact.name)) return undefined;
  const of = packageCall(parts, call);
  const isTracer = tracers.some(
    ({ modules, receivers }) => of && modules.test(of.origin.module) && receivers.test(of.receiver),
  );
  if (!isTracer) return undefined;
  const [name] = fact.args ?? [];
  return {
    ...placeOf(parts, call),
    library: 'spans',
    operation: fact.name,
    target:
      name === undefined
        ? undefined
        : textPattern(parts, { expression: name, path, self: context.self }),
  };
}
