import { message } from '../../core/base/message.ts';
import { epochMicroseconds, microseconds, type EpochMicroseconds } from '../../core/base/units.ts';
import type { RawSpan, Resource, SpanEvent, SpanLink } from '../../core/trace/rawSpan.ts';
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
import { toldBy, type Told } from './toldBy.ts';
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
  const start = expectMicroseconds(span['startTime'], `${at}.startTime`);
  const warnings = readWarnings(span['warnings'], `${at}.warnings`);
  const read = spanOf({
    traceId,
    spanId: hexId(span['spanID'], 16, `${at}.spanID`),
    references: readReferences(span, traceId, at),
    name: expectText(span['operationName'], `${at}.operationName`),
    start,
    duration,
    told: toldBy(tags),
    events: readLogs(span['logs'], `${at}.logs`),
    warnings,
  });
  read.resource = resource;
  return read;
}

/** What a span says, each part checked. */
export interface SpanParts {
  readonly traceId: string;
  readonly spanId: string;
  readonly references: {
    readonly parentSpanId: string | undefined;
    readonly links: readonly SpanLink[];
  };
  readonly name: string;
  /** As they were written, in µs. */
  readonly start: number;
  readonly duration: number;
  readonly told: Told;
  readonly events: readonly SpanEvent[];
  readonly warnings: readonly string[];
}

/** A span that gets its resource from who knows it. */
export type Unplaced = Omit<RawSpan, 'resource'> & { resource: Resource };

/** The span of these parts, with no resource yet. */
export function spanOf(parts: SpanParts): Unplaced {
  const { traceId, spanId, references, name, duration, events, warnings } = parts;
  const { kind, status, statusMessage, scope, isUnended, shown } = parts.told;
  const start = timeOf(parts.start);
  const endsBeforeStart = duration < 0 || duration >= wrapped;
  const span = {
    traceId,
    spanId,
    parentSpanId: references.parentSpanId,
    links: references.links,
    name,
    kind,
    start,
    duration: microseconds(endsBeforeStart ? 0 : duration),
    status,
    statusMessage,
    scope,
    resource: noResource,
    attributes: shown,
    events,
    warnings: endsBeforeStart ? [...warnings, negativeDuration()] : warnings,
  };
  const neverEnded = endsBeforeStart ? endsIn1970(start, duration) : isUnended && duration === 0;
  return liftWarnings(neverEnded ? { ...span, unended: true } : span);
}

const noResource: Resource = { service: '', attributes: [] };

function resourceOf(
  span: JsonObject,
  resources: ReadonlyMap<string, Resource>,
  at: string,
): Resource {
  const { process: own, processID: id } = span;
  const resource = typeof id === 'string' ? resources.get(id) : undefined;
  if (resource !== undefined) return resource;
  if (own !== undefined) return readProcess(own, `${at}.process`);
  expectText(id, `${at}.processID`);
  throw noSuchProcess(at);
}

/** Of the span at that place. */
export const noSuchProcess = (at: string): ShapeError =>
  new ShapeError(`${at}.processID`, 'one of its processes');

/**
 * Jaeger's times and durations are unsigned 64-bit: a negative duration, or a time before 1970, arrives
 * wrapped around, near 2^64, and JSON.parse rounds it to 2 ms.
 */
const wrapped = 2 ** 63;

const timeOf = (written: number): EpochMicroseconds =>
  epochMicroseconds(written < wrapped ? written : written - 2 ** 64);

/** An end that wasn't sent becomes a duration back to 1970; `JSON.parse` rounds a wrapped one. */
const endsIn1970 = (start: number, duration: number): boolean =>
  Math.abs(start + (duration >= wrapped ? duration - 2 ** 64 : duration)) < 10_000;

/** @throws ShapeError with the place */
export function readLogs(value: unknown, at: string): SpanEvent[] {
  return expectList(value, at).map((entry, index) => {
    const place = `${at}[${String(index)}]`;
    const log = expectObject(entry, place);
    const fields = readTags(log['fields'], `${place}.fields`);
    const named = fields.find(({ key }) => key === 'event');
    return {
      name: typeof named?.value === 'string' ? named.value : '',
      time: timeOf(expectMicroseconds(log['timestamp'], `${place}.timestamp`)),
      attributes: typeof named?.value === 'string' ? fields.filter((one) => one !== named) : fields,
    };
  });
}

/** @throws ShapeError with the place */
export const readWarnings = (value: unknown, at: string): readonly string[] =>
  expectList(value, at).map((entry, index) => expectText(entry, `${at}[${String(index)}]`));

const negativeDuration = () => message('Ends before it starts; shown with a duration of 0.');
