import assert from 'node:assert/strict';
import type { AttributeValue, Attributes, RawSpan } from '../../src/core/trace/rawSpan.ts';

/**
 * Sends spans to an OTLP/HTTP receiver as an application would, in OTLP JSON. Make them with `makeSpan`
 * of span.ts: chosen start and duration in µs, whole nanoseconds once on the way.
 * @param receiver `http://127.0.0.1:4318`: spans go to its `/v1/traces`
 */
export async function sendOtlp(receiver: string, spans: readonly RawSpan[]): Promise<void> {
  const response = await fetch(`${receiver}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(otlpOf(spans)),
    signal: AbortSignal.timeout(10_000),
  });
  assert.equal(response.status, 200, await response.text());
}

/** An `ExportTraceServiceRequest` in OTLP's JSON: one resource a span's service, one scope a span's. */
export function otlpOf(spans: readonly RawSpan[]): { readonly resourceSpans: readonly unknown[] } {
  const byResource = Map.groupBy(spans, ({ resource }) => JSON.stringify(resource));
  return {
    resourceSpans: [...byResource.values()].map((ofResource) => ({
      resource: resourceOf(ofResource[0]!),
      scopeSpans: [...Map.groupBy(ofResource, ({ scope }) => scope)].map(([name, ofScope]) => ({
        scope: { name },
        spans: ofScope.map(otlpSpan),
      })),
    })),
  };
}

const resourceOf = ({ resource }: RawSpan) => ({
  attributes: otlpAttributes([
    { key: 'service.name', value: resource.service },
    ...resource.attributes,
  ]),
});

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses = ['unset', 'ok', 'error'];

const otlpSpan = (span: RawSpan) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId ?? '',
  name: span.name,
  kind: kinds.indexOf(span.kind),
  startTimeUnixNano: nanoseconds(span.start),
  ...(!span.unended && { endTimeUnixNano: nanoseconds(span.start + span.duration) }),
  attributes: otlpAttributes(span.attributes),
  events: span.events.map(({ name, time, attributes }) => ({
    name,
    timeUnixNano: nanoseconds(time),
    attributes: otlpAttributes(attributes),
  })),
  links: span.links.map(({ traceId, spanId, attributes }) => ({
    traceId,
    spanId,
    attributes: otlpAttributes(attributes),
  })),
  status: { code: statuses.indexOf(span.status), message: span.statusMessage },
});

/** Whole microseconds only: a fraction times 1,000 would not survive a double. */
function nanoseconds(microseconds: number): string {
  assert.ok(Number.isSafeInteger(microseconds), `${String(microseconds)} is not whole µs`);
  return String(BigInt(microseconds) * 1_000n);
}

const otlpAttributes = (attributes: Attributes) =>
  attributes.map(({ key, value }) => ({ key, value: otlpValue(value) }));

function otlpValue(value: AttributeValue): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? { intValue: String(value) }
      : { doubleValue: Number.isFinite(value) ? value : String(value) };
  return { arrayValue: { values: value.map(otlpValue) } };
}
