import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type {
  Attribute,
  Attributes,
  AttributeValue,
  RawSpan,
  Resource,
} from '../../../core/trace/rawSpan.ts';
import { epochMicroseconds, microseconds } from '../../../core/base/units.ts';

/** A span as JSON, without its trace id; the resource by its row's id. */
type StoredSpan = readonly [
  spanId: string,
  parentSpanId: string,
  name: string,
  kind: RawSpan['kind'],
  start: number,
  duration: number,
  status: RawSpan['status'],
  statusMessage: string,
  scope: string,
  resource: number,
  attributes: StoredAttributes,
  events: readonly (readonly [name: string, time: number, attributes: StoredAttributes])[],
  links: readonly (readonly [traceId: string, spanId: string, attributes: StoredAttributes])[],
  warnings: readonly string[],
  unended?: 1,
];
/** Key, value, key, value. */
type StoredAttributes = readonly AttributeValue[];

/** Faster levels of zlib than this save no time, slower ones 5 % of the bytes. */
const level = 1;

/** Spans of one trace, each with the id of its resource's row. */
export function packSpans(
  spans: readonly RawSpan[],
  resourceId: (resource: Resource) => number,
): Uint8Array {
  const stored = spans.map((span): StoredSpan => [
    span.spanId,
    span.parentSpanId ?? '',
    span.name,
    span.kind,
    span.start,
    span.duration,
    span.status,
    span.statusMessage,
    span.scope,
    resourceId(span.resource),
    flat(span.attributes),
    span.events.map((event) => [event.name, event.time, flat(event.attributes)]),
    span.links.map((link) => [link.traceId, link.spanId, flat(link.attributes)]),
    span.warnings,
    ...markOf(span),
  ]);
  return deflateRawSync(JSON.stringify(stored), { level });
}

const markOf = ({ unended }: RawSpan): readonly [1] | readonly [] => (unended ? [1] : []);

/**
 * @param maxBytes of the text inside.
 * @throws RangeError (`ERR_BUFFER_TOO_LARGE`) beyond `maxBytes`; DamagedChunkError for bytes that aren't spans.
 */
export function unpackSpans(
  bytes: Uint8Array,
  traceId: string,
  resource: (id: number) => Resource,
  maxBytes: number,
): { readonly spans: readonly RawSpan[]; readonly bytes: number } {
  const { text, stored } = inflated(bytes, maxBytes);
  const spans = stored.map((span): RawSpan => ({
    traceId,
    spanId: span[0],
    parentSpanId: span[1] === '' ? undefined : span[1],
    name: span[2],
    kind: span[3],
    start: epochMicroseconds(span[4]),
    duration: microseconds(span[5]),
    ...(span[14] === 1 && { unended: true }),
    status: span[6],
    statusMessage: span[7],
    scope: span[8],
    resource: resource(span[9]),
    attributes: pairs(span[10]),
    events: span[11].map(([name, time, attributes]) => ({
      name,
      time: epochMicroseconds(time),
      attributes: pairs(attributes),
    })),
    links: span[12].map(([linkedTrace, spanId, attributes]) => ({
      traceId: linkedTrace,
      spanId,
      attributes: pairs(attributes),
    })),
    warnings: span[13],
  }));
  return { spans, bytes: text.byteLength };
}

/** SQLite keeps no checksums: it hands out what a broken disk has made of a row. */
export class DamagedChunkError extends Error {}

function inflated(bytes: Uint8Array, maxBytes: number) {
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: maxBytes });
    return { text, stored: JSON.parse(text.toString('utf8')) as readonly StoredSpan[] };
  } catch (error) {
    if (isTooLarge(error)) throw error;
    throw new DamagedChunkError(String(error));
  }
}

/** Whether `unpackSpans` would have made more than it was allowed to. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

export function flat(attributes: Attributes): StoredAttributes {
  const list: AttributeValue[] = [];
  for (const { key, value } of attributes) list.push(key, value);
  return list;
}

export function pairs(list: StoredAttributes): Attributes {
  const attributes: Attribute[] = [];
  for (let index = 0; index + 1 < list.length; index += 2)
    attributes.push({ key: list[index] as string, value: list[index + 1] as AttributeValue });
  return attributes;
}

export const idBytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
export const idHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
