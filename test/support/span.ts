import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import type { AttributeValue, RawSpan } from '../../src/core/trace/rawSpan.ts';

/** Fields of a hand-made span; times in µs, what isn't said is plain. */
export interface SpanSketch {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly name?: string;
  readonly start?: number;
  readonly duration?: number;
  readonly service?: string;
  readonly kind?: RawSpan['kind'];
  readonly status?: RawSpan['status'];
  readonly traceId?: string;
  readonly scope?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly events?: RawSpan['events'];
}

/** A span for tests, with `id` as its span id. */
export function makeSpan(sketch: SpanSketch): RawSpan {
  return {
    traceId: sketch.traceId ?? '0af7651916cd43dd8448eb211c80319c',
    spanId: sketch.id,
    parentSpanId: sketch.parent,
    name: sketch.name ?? sketch.id,
    kind: sketch.kind ?? 'internal',
    start: epochMicroseconds(sketch.start ?? 0),
    duration: microseconds(sketch.duration ?? 0),
    status: sketch.status ?? 'unset',
    statusMessage: '',
    scope: sketch.scope ?? '',
    resource: { service: sketch.service ?? 'shop-api', attributes: [] },
    attributes: Object.entries(sketch.attributes ?? {}).map(([key, value]) => ({ key, value })),
    events: sketch.events ?? [],
    links: [],
    warnings: [],
  };
}
