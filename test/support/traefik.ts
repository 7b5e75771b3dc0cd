import { readFileSync } from 'node:fs';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { readTraces } from '../../src/sources/jaeger/readTraces.ts';

const fixture = new URL('../fixtures/jaeger/v1.67-traefik-v3.6.12.json', import.meta.url);

/** What a real Traefik 3.6.12 recorded, through Jaeger: `DELETE /api/orders/7`, a 500 and a 404. */
export function traefikTraces(): readonly (readonly RawSpan[])[] {
  const { data } = JSON.parse(readFileSync(fixture, 'utf8')) as { data: unknown[] };
  return readTraces(data).traces.map(({ spans }) => spans);
}

/** The recorded trace of the `DELETE`, router shop@file. */
export const traefikDelete = (): readonly RawSpan[] =>
  traefikTraces().find((spans) => spans.some(({ name }) => name === 'DELETE')) ?? [];

/** A trace in which the request of another trace's root was passed on by that Traefik. */
export function behindTraefik(
  behind: readonly RawSpan[],
  front: readonly RawSpan[] = traefikDelete(),
): readonly RawSpan[] {
  const forward = front.find(({ name }) => name === 'ReverseProxy');
  const ids = new Set(behind.map(({ spanId }) => spanId));
  const traceId = front[0]?.traceId ?? '';
  return [
    ...front,
    ...behind.map((span) => {
      const isRoot = span.parentSpanId === undefined || !ids.has(span.parentSpanId);
      return { ...span, traceId, ...(isRoot && { parentSpanId: forward?.spanId }) };
    }),
  ];
}
