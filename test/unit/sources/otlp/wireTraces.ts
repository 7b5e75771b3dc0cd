import fc from 'fast-check';
import protobuf from 'protobufjs';
import { otlpSchema } from '../../../../src/sources/otlp/schema.ts';

/** What an exporter could send, before either encoding. */
export type WireTraces = readonly WireResource[];
interface WireResource {
  readonly attributes: readonly WireAttribute[];
  readonly scopes: readonly { readonly name: string; readonly spans: readonly WireSpan[] }[];
}
interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startNanos: bigint;
  readonly lengthNanos: bigint;
  readonly status: { readonly code: number; readonly message: string };
  readonly attributes: readonly WireAttribute[];
  readonly events: readonly {
    readonly name: string;
    readonly timeNanos: bigint;
    readonly attributes: readonly WireAttribute[];
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: readonly WireAttribute[];
  }[];
}
interface WireAttribute {
  readonly key: string;
  readonly value: WireValue;
}
type WireValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: bigint }
  | { readonly doubleValue: number }
  | { readonly bytesValue: Uint8Array }
  | { readonly arrayValue: { readonly values: readonly WireValue[] } }
  | { readonly kvlistValue: { readonly values: readonly WireAttribute[] } };

/** An id that isn't zero. */
const id = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => {
    value[0] = value[0]! | 1;
    return Buffer.from(value).toString('hex');
  });
const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('</script>\u202e'));
const { attribute } = fc.letrec<{ value: WireValue; attribute: WireAttribute }>((peer) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
    fc.record({ doubleValue: fc.double().map((value) => value + 0) }),
    fc.record({ bytesValue: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ arrayValue: fc.record({ values: fc.array(peer('value'), { maxLength: 4 }) }) }),
    fc.record({
      kvlistValue: fc.record({ values: fc.array(peer('attribute'), { maxLength: 4 }) }),
    }),
  ),
  attribute: fc.record({ key: text, value: peer('value') }),
}));
const attributes = fc.array(attribute, { maxLength: 6 });
/** Until 2116: microseconds are whole in a double until 2255. */
const time = fc.bigInt({ min: 1n, max: 2n ** 62n });
const span: fc.Arbitrary<WireSpan> = fc.record({
  traceId: id(16),
  spanId: id(8),
  parentSpanId: fc.oneof(fc.constant(''), id(8)),
  name: text,
  kind: fc.nat(5),
  startNanos: time,
  lengthNanos: fc.bigInt({ min: 0n, max: 2n ** 52n }),
  status: fc.record({ code: fc.nat(2), message: text }),
  attributes,
  events: fc.array(fc.record({ name: text, timeNanos: time, attributes }), { maxLength: 3 }),
  links: fc.array(fc.record({ traceId: id(16), spanId: id(8), attributes }), { maxLength: 2 }),
});

/** Sound traces: every span of them can be used. */
export const arbitraryTraces: fc.Arbitrary<WireTraces> = fc.array(
  fc.record({
    attributes,
    scopes: fc.array(fc.record({ name: text, spans: fc.array(span, { maxLength: 4 }) }), {
      maxLength: 2,
    }),
  }),
  { maxLength: 2 },
);

interface Encoding {
  id(hex: string): unknown;
  integer(value: bigint): unknown;
  bytes(value: Uint8Array): unknown;
  double(value: number): unknown;
}

/** OTLP/JSON, as an object. */
export const toJson = (traces: WireTraces) =>
  encoded(traces, {
    id: (hex) => hex,
    integer: String,
    bytes: (value) => Buffer.from(value).toString('base64'),
    double: (value) => (Number.isFinite(value) ? value : String(value)),
  });

const request = protobuf.Root.fromJSON(otlpSchema).lookupType(
  'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
);

export function toProtobuf(traces: WireTraces): Uint8Array {
  const message = encoded(traces, {
    id: (hex) => Buffer.from(hex, 'hex'),
    integer: String,
    bytes: (value) => value,
    double: (value) => value,
  });
  return request.encode(request.fromObject(message)).finish();
}

function encoded(traces: WireTraces, as: Encoding) {
  return {
    resourceSpans: traces.map((resource) => ({
      resource: { attributes: resource.attributes.map((entry) => encodedAttribute(entry, as)) },
      scopeSpans: resource.scopes.map((scope) => ({
        scope: { name: scope.name },
        spans: scope.spans.map((one) => encodedSpan(one, as)),
      })),
    })),
  };
}

function encodedSpan(one: WireSpan, as: Encoding) {
  const list = (entries: readonly WireAttribute[]) =>
    entries.map((entry) => encodedAttribute(entry, as));
  return {
    traceId: as.id(one.traceId),
    spanId: as.id(one.spanId),
    parentSpanId: as.id(one.parentSpanId),
    name: one.name,
    kind: one.kind,
    startTimeUnixNano: as.integer(one.startNanos),
    endTimeUnixNano: as.integer(one.startNanos + one.lengthNanos),
    status: one.status,
    attributes: list(one.attributes),
    events: one.events.map(({ name, timeNanos, attributes }) => ({
      name,
      timeUnixNano: as.integer(timeNanos),
      attributes: list(attributes),
    })),
    links: one.links.map((link) => ({
      traceId: as.id(link.traceId),
      spanId: as.id(link.spanId),
      attributes: list(link.attributes),
    })),
  };
}

const encodedAttribute = ({ key, value }: WireAttribute, as: Encoding): object => ({
  key,
  value: encodedValue(value, as),
});

function encodedValue(value: WireValue, as: Encoding): object {
  if ('intValue' in value) return { intValue: as.integer(value.intValue) };
  if ('doubleValue' in value) return { doubleValue: as.double(value.doubleValue) };
  if ('bytesValue' in value) return { bytesValue: as.bytes(value.bytesValue) };
  if ('arrayValue' in value)
    return { arrayValue: { values: value.arrayValue.values.map((one) => encodedValue(one, as)) } };
  if ('kvlistValue' in value)
    return {
      kvlistValue: { values: value.kvlistValue.values.map((one) => encodedAttribute(one, as)) },
    };
  return value;
}
