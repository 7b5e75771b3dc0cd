import { isRecord, textOf } from '../otlp/wire.ts';
import { microsOf, type ZipkinSpan } from './zipkinSpan.ts';

interface CoreAnnotation {
  readonly time: number;
  readonly endpoint: unknown;
}

/**
 * The spans of v2 that one of v1 stands for: a half for each side of a call that has its events (`cs` and `cr` of the
 * client, `sr` and `ss` of the server; `ms` and `mr` of messages), else one span. A span of v2 is itself.
 * @see https://github.com/openzipkin/zipkin/blob/2.24.0/zipkin/src/main/java/zipkin2/v1/V1SpanConverter.java
 */
export function halvesOfV1(span: ZipkinSpan): readonly ZipkinSpan[] {
  if (!isV1(span)) return [span];
  const core = coreAnnotations(span['annotations']);
  const halves: Half[] = sides.flatMap(({ kind, begin, end }) => {
    const [from, to] = [core.get(begin), end === undefined ? undefined : core.get(end)];
    return from || to ? [{ kind, endpoint: from?.endpoint ?? to?.endpoint, from, to }] : [];
  });
  if (halves.length === 0) halves.push({ endpoint: anyEndpoint(span) });
  return halves.map((half, index) => spanOfHalf(span, half, index === 0));
}

interface Half {
  readonly kind?: keyof typeof remoteNames;
  readonly endpoint: unknown;
  readonly from?: CoreAnnotation | undefined;
  readonly to?: CoreAnnotation | undefined;
}

const sides = [
  { kind: 'CLIENT', begin: 'cs', end: 'cr' },
  { kind: 'SERVER', begin: 'sr', end: 'ss' },
  { kind: 'PRODUCER', begin: 'ms', end: undefined },
  { kind: 'CONSUMER', begin: 'mr', end: undefined },
] as const;

/** `localEndpoint` and `tags` are of v2 only; the endpoints of v1 are in its annotations. */
const isV1 = (span: ZipkinSpan): boolean =>
  'binaryAnnotations' in span ||
  (!('localEndpoint' in span) && listOf(span['annotations']).some((one) => 'endpoint' in one));

const listOf = (value: unknown) =>
  Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];

function coreAnnotations(list: unknown): ReadonlyMap<string, CoreAnnotation> {
  const core = new Map<string, CoreAnnotation>();
  for (const { value, timestamp, endpoint } of listOf(list)) {
    const time = microsOf(timestamp);
    if (time !== undefined) core.set(textOf(value), { time, endpoint });
  }
  return core;
}

/** @param ownsTimes the span's own times are of this half: the caller's, which lasts longer, where there are two */
function spanOfHalf(
  span: ZipkinSpan,
  { kind, endpoint, from, to }: Half,
  ownsTimes: boolean,
): ZipkinSpan {
  const length = from && to && to.time > from.time ? to.time - from.time : undefined;
  const own = ownsTimes ? span : {};
  return {
    name: span['name'],
    kind,
    timestamp: from?.time ?? microsOf(own['timestamp']) ?? to?.time,
    duration: length ?? own['duration'],
    localEndpoint: endpoint,
    remoteEndpoint: remoteOf(span, kind),
    annotations: listOf(span['annotations']).filter(({ value }) => !coreNames.has(textOf(value))),
    tags: Object.fromEntries(
      listOf(span['binaryAnnotations'])
        .filter((one) => !addressNames.has(textOf(one['key'])) && isOf(one['endpoint'], endpoint))
        .map((one) => [textOf(one['key']), one['value']]),
    ),
  };
}

const coreNames: ReadonlySet<string> = new Set(['cs', 'cr', 'sr', 'ss', 'ms', 'mr']);
/** Client's, server's and broker's address, whose value is `true`. */
const addressNames: ReadonlySet<string> = new Set(['ca', 'sa', 'ma']);
const remoteNames = { CLIENT: 'sa', SERVER: 'ca', PRODUCER: 'ma', CONSUMER: 'ma' } as const;

/** The other end of a half, as its address says; of a span without a side the one that it asked. */
const remoteOf = (span: ZipkinSpan, kind: Half['kind'] = 'CLIENT'): unknown =>
  listOf(span['binaryAnnotations']).find(({ key }) => key === remoteNames[kind])?.['endpoint'];

/** A tag of one side; of both where either side isn't named. */
const isOf = (endpoint: unknown, side: unknown): boolean =>
  nameOf(endpoint) === '' || nameOf(side) === '' || nameOf(endpoint) === nameOf(side);

const nameOf = (endpoint: unknown): string =>
  isRecord(endpoint) ? textOf(endpoint['serviceName']) : '';

const anyEndpoint = (span: ZipkinSpan): unknown =>
  [...listOf(span['binaryAnnotations']), ...listOf(span['annotations'])].find(
    ({ endpoint }) => nameOf(endpoint) !== '',
  )?.['endpoint'];
