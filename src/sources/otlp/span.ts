import { epochMicroseconds, microseconds } from '../../core/base/units.ts';
import { message } from '../../core/base/message.ts';
import type { RawSpan, Resource, SpanEvent, SpanLink } from '../../core/trace/rawSpan.ts';
import { readAttributes } from './attributes.ts';
import { kindOf, readStatus } from './enums.ts';
import { isRecord, textOf, type Wire, type WireTime } from './wire.ts';

/** One span of the wire, or the sentence that says why it can't be used. Repairs are its `warnings`. */
export function readSpan(
  span: unknown,
  scope: string,
  resource: Resource,
  wire: Wire,
): RawSpan | string {
  if (!isRecord(span)) return message('not an object');
  const traceId = wire.id(span['traceId'] ?? span['trace_id'], 32);
  if (traceId === '') return message('missing or all-zero trace ID');
  if (traceId === undefined) return message("trace ID isn't 16 bytes");
  const spanId = wire.id(span['spanId'] ?? span['span_id'], 16);
  if (spanId === '') return message('missing or all-zero span ID');
  if (spanId === undefined) return message("span ID isn't 8 bytes");
  const start = wire.time(span['startTimeUnixNano'] ?? span['start_time_unix_nano']);
  if (start === undefined || (start.micros === 0 && start.nanos === 0))
    return message('missing or invalid start time');

  const warnings: string[] = [];
  const parent = wire.id(span['parentSpanId'] ?? span['parent_span_id'], 16);
  if (parent === undefined) warnings.push(message("Parent span ID isn't 8 bytes."));
  return {
    traceId,
    spanId,
    parentSpanId: parent === '' ? undefined : parent,
    name: textOf(span['name']),
    kind: kindOf(span['kind']),
    start: pointOf(start),
    ...lengthOf(start, wire.time(span['endTimeUnixNano'] ?? span['end_time_unix_nano']), warnings),
    ...readStatus(span['status']),
    scope,
    resource,
    attributes: readAttributes(span['attributes'], wire),
    events: readEvents(span['events'], start, wire),
    links: readLinks(span['links'], wire),
    warnings,
  };
}

const pointOf = (time: WireTime) => epochMicroseconds(time.micros + time.nanos / 1_000);

/** Exact to the nanosecond for any real span: subtracted before it becomes one double. */
function lengthOf(
  start: WireTime,
  end: WireTime | undefined,
  warnings: string[],
): Pick<RawSpan, 'duration' | 'unended'> {
  if (end === undefined || (end.micros === 0 && end.nanos === 0)) {
    warnings.push(message('No end time; shown with a duration of 0.'));
    return { duration: microseconds(0), unended: true };
  }
  const nanos = end.nanos - start.nanos;
  const whole = end.micros - start.micros;
  if (whole < 0 || (whole === 0 && nanos < 0)) {
    warnings.push(message('Ends before it starts; shown with a duration of 0.'));
    return { duration: microseconds(0) };
  }
  return { duration: microseconds((whole * 1_000 + nanos) / 1_000) };
}

/** An event without a time of its own is shown at the span's start. */
function readEvents(list: unknown, start: WireTime, wire: Wire): readonly SpanEvent[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((event) => ({
    name: textOf(event['name']),
    time: pointOf(wire.time(event['timeUnixNano'] ?? event['time_unix_nano']) ?? start),
    attributes: readAttributes(event['attributes'], wire),
  }));
}

/** A link that names no span is left out. */
function readLinks(list: unknown, wire: Wire): readonly SpanLink[] {
  if (!Array.isArray(list)) return [];
  const links: SpanLink[] = [];
  for (const link of list.filter(isRecord)) {
    const traceId = wire.id(link['traceId'] ?? link['trace_id'], 32);
    const spanId = wire.id(link['spanId'] ?? link['span_id'], 16);
    if (!traceId || !spanId) continue;
    links.push({ traceId, spanId, attributes: readAttributes(link['attributes'], wire) });
  }
  return links;
}
