import { message } from '../../core/base/message.ts';
import { epochMicroseconds, microseconds } from '../../core/base/units.ts';
import type { RawSpan, Resource, SpanKind } from '../../core/trace/rawSpan.ts';
import { isRecord, textOf } from '../otlp/wire.ts';
import { readTags } from './tags.ts';
import { halvesOfV1 } from './v1.ts';
import { idOf, microsOf, serviceOf, type ZipkinSpan } from './zipkinSpan.ts';

const kinds: Readonly<Record<string, SpanKind>> = {
  CLIENT: 'client',
  SERVER: 'server',
  PRODUCER: 'producer',
  CONSUMER: 'consumer',
};

/**
 * Reads Zipkin's spans: v2 as zipkin2.Span has them, and v1, of which one may be both halves of a call. Client and
 * server of a call may share one id (`shared`): each is a span of its own, by its kind.
 * @see https://zipkin.io/zipkin-api/#/default/post_spans
 */
export class ZipkinReader {
  readonly #resources = new Map<string, Resource>();

  /** The spans of one entry, or the sentence that says why it can't be used. */
  read(span: ZipkinSpan): readonly RawSpan[] | string {
    const traceId = idOf(span['traceId'], 32);
    if (traceId === undefined) return message("trace ID isn't 16 bytes");
    const spanId = idOf(span['id'], 16);
    if (spanId === undefined) return message("span ID isn't 8 bytes");
    const parentSpanId = idOf(span['parentId'], 16);
    const spans: RawSpan[] = [];
    for (const half of halvesOfV1(span)) {
      const read = this.#readOne(half, { traceId, spanId, parentSpanId });
      if (typeof read === 'string') return read;
      spans.push(read);
    }
    return spans;
  }

  #readOne(
    span: ZipkinSpan,
    ids: Pick<RawSpan, 'traceId' | 'spanId' | 'parentSpanId'>,
  ): RawSpan | string {
    const annotations = readAnnotations(span['annotations']);
    // What was never finished may only have events to tell its time.
    const start = microsOf(span['timestamp']) ?? firstTime(annotations);
    if (start === undefined) return message('missing or invalid start time');
    const duration = microsOf(span['duration']);
    const { status, statusMessage, scope, attributes } = readTags(span);
    return {
      ...ids,
      name: textOf(span['name']),
      kind: kinds[textOf(span['kind']).toUpperCase()] ?? 'unspecified',
      start: epochMicroseconds(start),
      ...(duration === undefined
        ? { duration: microseconds(0), unended: true }
        : { duration: microseconds(duration) }),
      status,
      statusMessage,
      scope,
      resource: this.#resource(serviceOf(span['localEndpoint'])),
      attributes,
      events: annotations
        .map(({ time = start, name }) => ({ name, time: epochMicroseconds(time), attributes: [] }))
        .sort((one, other) => one.time - other.time),
      links: [],
      warnings: duration === undefined ? [message('No end time; shown with a duration of 0.')] : [],
    };
  }

  #resource(service: string): Resource {
    const known = this.#resources.get(service);
    if (known) return known;
    const resource = { service, attributes: [] };
    this.#resources.set(service, resource);
    return resource;
  }
}

interface Annotation {
  /** Undefined where none was told: shown at the span's start. */
  readonly time: number | undefined;
  readonly name: string;
}

const readAnnotations = (list: unknown): readonly Annotation[] =>
  Array.isArray(list)
    ? (list as readonly unknown[])
        .filter(isRecord)
        .map(({ timestamp, value }) => ({ time: microsOf(timestamp), name: textOf(value) }))
    : [];

function firstTime(annotations: readonly Annotation[]): number | undefined {
  const times = annotations.flatMap(({ time }) => time ?? []);
  return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other));
}
