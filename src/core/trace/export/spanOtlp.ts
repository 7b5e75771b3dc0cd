import type { Attributes, AttributeValue, RawSpan } from '../rawSpan.ts';
import { spanKinds, spanStatuses } from '../trace.ts';

/** OTLP's `AnyValue`, as JSON has it. */
type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

/**
 * Spans as OTLP's JSON (`TracesData`), which a Collector's `/v1/traces` takes: ids in hex, times in nanoseconds as text,
 * enums as numbers. One resource and scope for neighbors that share it.
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function otlpOf(spans: readonly RawSpan[]): { readonly resourceSpans: readonly object[] } {
  const resourceSpans: { resource: object; scopeSpans: { scope: object; spans: object[] }[] }[] =
    [];
  let before: RawSpan | undefined;
  for (const span of spans) {
    if (span.resource !== before?.resource)
      resourceSpans.push({ resource: { attributes: resourceOf(span) }, scopeSpans: [] });
    const scopes = resourceSpans.at(-1)?.scopeSpans;
    if (span.resource !== before?.resource || span.scope !== before.scope)
      scopes?.push({ scope: span.scope === '' ? {} : { name: span.scope }, spans: [] });
    scopes?.at(-1)?.spans.push(spanOf(span));
    before = span;
  }
  return { resourceSpans };
}

const resourceOf = ({ resource }: RawSpan) =>
  keyValues([{ key: 'service.name', value: resource.service }, ...resource.attributes]);

function spanOf(span: RawSpan): object {
  const { traceId, spanId, parentSpanId, name, statusMessage, unended } = span;
  const start = nanoseconds(span.start);
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind: spanKinds.indexOf(span.kind),
    startTimeUnixNano: `${start}`,
    endTimeUnixNano: unended ? '0' : `${start + nanoseconds(span.duration)}`,
    attributes: keyValues(span.attributes),
    events: span.events.map((event) => ({
      timeUnixNano: `${nanoseconds(event.time)}`,
      name: event.name,
      attributes: keyValues(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      attributes: keyValues(link.attributes),
    })),
    status: {
      ...(statusMessage !== '' && { message: statusMessage }),
      code: spanStatuses.indexOf(span.status),
    },
  };
}

/** Whole nanoseconds of microseconds. Multiplied as one double they would lose the last three digits. */
function nanoseconds(micros: number): bigint {
  const whole = Math.floor(micros);
  return BigInt(whole) * 1_000n + BigInt(Math.round((micros - whole) * 1_000));
}

const keyValues = (attributes: Attributes): object[] =>
  attributes.map(({ key, value }) => ({ key, value: anyValue(value) }));

function anyValue(value: AttributeValue): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'object') return { arrayValue: { values: value.map(anyValue) } };
  return Number.isSafeInteger(value) && !Object.is(value, -0)
    ? { intValue: `${value}` }
    : { doubleValue: value };
}
