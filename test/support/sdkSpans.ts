import { readFileSync } from 'node:fs';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type HrTime,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { readOtlpJson } from '../../src/sources/otlp/json.ts';

/** The traces of test/fixtures/otlp, parents first: starts are whole milliseconds, parents the longest of them. */
export function recordedTraces(): readonly (readonly RawSpan[])[] {
  const { spans } = readOtlpJson(
    JSON.parse(readFileSync('test/fixtures/otlp/nest-prisma.json', 'utf8')),
  );
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return [...traces.values()].map((list) =>
    list.toSorted((a, b) => a.start - b.start || b.duration - a.duration),
  );
}

/** A provider of the real SDK, named like a service. */
export const sdkProvider = (service: string, processor: SpanProcessor): TracerProvider =>
  new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'host.name': 'vm',
      'process.pid': process.pid,
      'telemetry.sdk.language': 'nodejs',
    }),
    spanProcessors: [processor],
  });

/** Makes a recorded trace anew with the real SDK: same names, attributes, events, lengths in whole µs; new ids. */
export function replayTrace(
  provider: TracerProvider,
  spans: readonly RawSpan[],
  startMs: number,
): string {
  const first = spans[0]?.start ?? 0;
  const at = (micros: number) => hrTime(startMs * 1_000 + Math.round(micros - first));
  const contexts = new Map<string, Context>();
  let traceId = '';
  for (const span of spans) {
    const parent = contexts.get(span.parentSpanId ?? '') ?? contextOf(contexts);
    const made = provider.getTracer(span.scope).startSpan(
      span.name,
      {
        kind: kinds[span.kind],
        startTime: at(span.start),
        attributes: attributesOf(span),
      },
      span.parentSpanId === undefined ? ROOT_CONTEXT : parent,
    );
    contexts.set(span.spanId, trace.setSpan(ROOT_CONTEXT, made));
    for (const event of span.events) made.addEvent(event.name, attributesOf(event), at(event.time));
    if (span.status === 'error')
      made.setStatus({ code: SpanStatusCode.ERROR, message: span.statusMessage });
    made.end(hrTime(startMs * 1_000 + Math.round(span.start - first) + Math.round(span.duration)));
    traceId = made.spanContext().traceId;
  }
  return traceId;
}

const kinds: Readonly<Record<RawSpan['kind'], SpanKind>> = {
  unspecified: SpanKind.INTERNAL,
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};
/** A span recorded before its parent hangs below the first. */
const contextOf = (contexts: ReadonlyMap<string, Context>): Context =>
  contexts.values().next().value ?? ROOT_CONTEXT;
const hrTime = (micros: number): HrTime => [Math.floor(micros / 1e6), (micros % 1e6) * 1_000];
const attributesOf = ({ attributes }: Pick<RawSpan, 'attributes'>): Attributes =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value as string]));
