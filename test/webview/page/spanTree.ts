import { epochMicroseconds, microseconds } from '../../../src/core/base/units.ts';
import type { Attributes, AttributeValue, RawSpan } from '../../../src/core/trace/rawSpan.ts';

const traceId = '5b8aa5a2d2c872e8321cf37308d69df2';
export const traceStart = epochMicroseconds(1_795_335_636_787_000);

/** A span to make, its times in µs from the trace's start. */
export interface SpanSeed extends Partial<
  Pick<RawSpan, 'kind' | 'status' | 'statusMessage' | 'events' | 'links' | 'warnings' | 'scope'>
> {
  readonly name: string;
  readonly service: string;
  readonly start: number;
  readonly duration: number;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** Collects the spans of one trace; ids count up, so that a trace is the same each time. */
export class SpanTree {
  readonly spans: RawSpan[] = [];

  /** Adds a span and answers its id, for its children. */
  add(parent: string | undefined, seed: SpanSeed): string {
    const { name, service, start, duration, attributes, ...rest } = seed;
    const spanId = (this.spans.length + 1).toString(16).padStart(16, '0');
    this.spans.push({
      traceId,
      spanId,
      parentSpanId: parent,
      name,
      kind: 'internal',
      start: epochMicroseconds(traceStart + start),
      duration: microseconds(duration),
      status: 'unset',
      statusMessage: '',
      scope: '',
      resource: { service, attributes: resourceOf(service) },
      attributes: attributesFrom(attributes ?? {}),
      events: [],
      links: [],
      warnings: [],
      ...rest,
    });
    return spanId;
  }
}

const attributesFrom = (record: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

const resourceOf = (service: string): Attributes =>
  attributesFrom({
    'service.version': '1.4.2',
    'deployment.environment.name': 'staging',
    'host.name': `${service}-7d9f`,
    'process.pid': 4711,
    'telemetry.sdk.language': 'nodejs',
  });

/** Numbers from 0 to 1 that are the same each time. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
