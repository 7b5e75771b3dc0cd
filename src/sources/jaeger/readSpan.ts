import { message } from '../../core/base/message.ts';
import { epochMicroseconds, microseconds, type EpochMicroseconds } from '../../core/base/units.ts';
import {
  attributeOf,
  type Attributes,
  type RawSpan,
  type Resource,
  type SpanEvent,
  type SpanKind,
  type SpanStatus,
} from '../../core/trace/rawSpan.ts';
import {
  expectList,
  expectObject,
  expectText,
  ShapeError,
  type JsonObject,
} from '../json/shape.ts';
import { expectMicroseconds, hexId } from './fields.ts';
import { readProcess } from './readProcess.ts';
import { readReferences } from './readReferences.ts';
import { readTagMap, readTags } from './readTags.ts';
import { liftWarnings } from './warnings.ts';

/**
 * One span of Jaeger's JSON (v1.67, model/json/model.go), or as its Elasticsearch has it: with its own `process`, the
 * parent's id in a field, tags in a map. @throws ShapeError with the place
 */
export function readSpan(
  value: unknown,
  resources: ReadonlyMap<string, Resource>,
  at: string,
): RawSpan {
  const span = expectObject(value, at);
  const traceId = hexId(span['traceID'], 32, `${at}.traceID`);
  const resource = resourceOf(span, resources, at);
  const tags = [...readTags(span['tags'], `${at}.tags`), ...readTagMap(span['tag'], `${at}.tag`)];
  const duration = expectMicroseconds(span['duration'], `${at}.duration`);
  const start = readTime(span['startTime'], `${at}.startTime`);
  const endsBeforeStart = duration < 0 || duration >= wrapped;
  const warnings = readWarnings(span['warnings'], `${at}.warnings`);
  return liftWarnings({
    traceId,
    spanId: hexId(span['spanID'], 16, `${at}.spanID`),
    ...readReferences(span, traceId, at),
    name: expectText(span['operationName'], `${at}.operationName`),
    kind: kindOf(tags),
    start,
    duration: microseconds(endsBeforeStart ? 0 : duration),
    ...(endsBeforeStart && endsIn1970(start, duration) && { unended: true }),
    status: statusOf(tags),
    statusMessage: textTag(tags, 'otel.status_description'),
    scope: textTag(tags, 'otel.scope.name') || textTag(tags, 'otel.library.name'),
    resource,
    attributes: tags.filter(({ key, value }) => !isShownElsewhere(key, value)),
    events: readLogs(span['logs'], `${at}.logs`),
    warnings: endsBeforeStart ? [...warnings, negativeDuration()] : warnings,
  });
}

function resourceOf(
  span: JsonObject,
  resources: ReadonlyMap<string, Resource>,
  at: string,
): Resource {
  const own = span['process'];
  if (own !== undefined && span['processID'] === undefined)
    return readProcess(own, `${at}.process`);
  const resource = resources.get(expectText(span['processID'], `${at}.processID`));
  if (resource === undefined) throw new ShapeError(`${at}.processID`, 'one of its processes');
  return resource;
}

/**
 * Jaeger's times and durations are unsigned 64-bit: a negative duration, or a time before 1970, arrives
 * wrapped around, near 2^64, and JSON.parse rounds it to 2 ms.
 */
const wrapped = 2 ** 63;

function readTime(value: unknown, at: string): EpochMicroseconds {
  const time = expectMicroseconds(value, at);
  return epochMicroseconds(time < wrapped ? time : time - 2 ** 64);
}

/** An end that wasn't sent becomes a duration back to 1970; `JSON.parse` rounds a wrapped one. */
const endsIn1970 = (start: number, duration: number): boolean =>
  Math.abs(start + (duration >= wrapped ? duration - 2 ** 64 : duration)) < 10_000;

/** The tags the Collector makes of a span's own fields (pkg/translator/jaeger): not shown twice. */
const ownFields = new Set([
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.library.name',
  'internal.span.format',
]);

function isShownElsewhere(key: string, value: unknown): boolean {
  return ownFields.has(key) || (key === 'error' && isTrue(value));
}

const kinds: ReadonlySet<string> = new Set<SpanKind>([
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]);

function kindOf(tags: Attributes): SpanKind {
  const kind = attributeOf(tags, 'span.kind');
  return typeof kind === 'string' && kinds.has(kind) ? (kind as SpanKind) : 'unspecified';
}

function statusOf(tags: Attributes): SpanStatus {
  const code = attributeOf(tags, 'otel.status_code');
  if (code === 'ERROR') return 'error';
  if (isTrue(attributeOf(tags, 'error'))) return 'error';
  return code === 'OK' ? 'ok' : 'unset';
}

/** Old clients send the error tag as text. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

function textTag(tags: Attributes, key: string): string {
  const value = attributeOf(tags, key);
  return typeof value === 'string' ? value : '';
}

function readLogs(value: unknown, at: string): SpanEvent[] {
  return expectList(value, at).map((entry, index) => {
    const place = `${at}[${String(index)}]`;
    const log = expectObject(entry, place);
    const fields = readTags(log['fields'], `${place}.fields`);
    const named = fields.find(({ key }) => key === 'event');
    return {
      name: typeof named?.value === 'string' ? named.value : '',
      time: readTime(log['timestamp'], `${place}.timestamp`),
      attributes: typeof named?.value === 'string' ? fields.filter((one) => one !== named) : fields,
    };
  });
}

const readWarnings = (value: unknown, at: string): readonly string[] =>
  expectList(value, at).map((entry, index) => expectText(entry, `${at}[${String(index)}]`));

const negativeDuration = () => message('Ends before it starts; shown with a duration of 0.');
