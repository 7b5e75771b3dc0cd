import type { EpochMicroseconds, Microseconds } from '../base/units.ts';

/** Arrays keep their elements; OTLP key-value lists and nested arrays arrive as JSON text; bytes as base64. */
export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];

/** Integers beyond 2^53 are text. Keys may repeat (the first counts) and are hostile text like the values. */
export interface Attribute {
  readonly key: string;
  readonly value: AttributeValue;
}
export type Attributes = readonly Attribute[];

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanStatus = 'unset' | 'ok' | 'error';

export interface SpanEvent {
  readonly name: string;
  readonly time: EpochMicroseconds;
  readonly attributes: Attributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** What one process said of itself; shared by its spans (same object for every span of a batch). */
export interface Resource {
  readonly service: string;
  /** Resource attributes without `service.name`. */
  readonly attributes: Attributes;
}

/** One span, validated at the wire, in Spanhop's units, whatever backend it came from. */
export interface RawSpan {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** 16 lower-case hex digits; undefined at a root. It may name a span that isn't there. */
  readonly parentSpanId: string | undefined;
  /** The operation: `GET /api/orders/:id`. */
  readonly name: string;
  readonly kind: SpanKind;
  readonly start: EpochMicroseconds;
  /** Never negative, never NaN: the reader drops or repairs such spans and says so. */
  readonly duration: Microseconds;
  /** Sent before it ended: `duration` is 0 and counts in no figures. */
  readonly unended?: true;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  /** Instrumentation scope: `@opentelemetry/instrumentation-http`; empty when unknown. */
  readonly scope: string;
  readonly resource: Resource;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** What the backend says is odd about it (Jaeger's clock skew warnings). */
  readonly warnings: readonly string[];
}

/** The first value under `key`, or undefined. */
export function attributeOf(attributes: Attributes, key: string): AttributeValue | undefined {
  for (const attribute of attributes) if (attribute.key === key) return attribute.value;
  return undefined;
}

/** The first of `keys` that holds text, in that order (stable name first, then the old ones). */
export function textAttribute(
  attributes: Attributes,
  ...keys: readonly string[]
): string | undefined {
  for (const key of keys) {
    const value = attributeOf(attributes, key);
    if (typeof value === 'string') return value;
  }
  return undefined;
}
