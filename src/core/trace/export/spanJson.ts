import { toMilliseconds } from '../../base/units.ts';
import { attributeOf, type Attributes, type AttributeValue, type RawSpan } from '../rawSpan.ts';

/**
 * A span as people read it: times as dates and milliseconds, attributes as one object. Of keys that repeat the first
 * counts, as everywhere; parts without content are left out.
 */
export function spanJson(span: RawSpan): object {
  const { events, links, warnings, resource } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.name,
    service: resource.service,
    kind: span.kind,
    start: dateOf(span.start),
    ...(span.unended ? {} : { durationMs: toMilliseconds(span.duration) }),
    status: span.status,
    ...(span.statusMessage !== '' && { statusMessage: span.statusMessage }),
    ...(span.scope !== '' && { scope: span.scope }),
    ...given('attributes', span.attributes, objectOf),
    ...given('events', events, (all) =>
      all.map(({ name, time, attributes }) => ({
        name,
        time: dateOf(time),
        ...given('attributes', attributes, objectOf),
      })),
    ),
    ...given('links', links, (all) =>
      all.map(({ traceId, spanId, attributes }) => ({
        traceId,
        spanId,
        ...given('attributes', attributes, objectOf),
      })),
    ),
    ...given('resource', resource.attributes, objectOf),
    ...given('warnings', warnings, (all) => all),
  };
}

const given = <T>(
  name: string,
  list: readonly T[],
  shown: (list: readonly T[]) => unknown,
): object => (list.length === 0 ? {} : { [name]: shown(list) });

/** Without a prototype, so that a key named `__proto__` is a key. */
function objectOf(attributes: Attributes): Readonly<Record<string, AttributeValue>> {
  const object = Object.create(null) as Record<string, AttributeValue>;
  for (const { key } of attributes) object[key] ??= attributeOf(attributes, key) ?? '';
  return object;
}

/** ISO 8601 in UTC, with all digits of a microsecond and more: `2026-11-22T08:20:36.787125Z`. */
function dateOf(micros: number): string {
  const milliseconds = Math.floor(micros / 1_000);
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return `${micros} µs`;
  const rest = Math.round((micros - milliseconds * 1_000) * 1_000);
  if (rest === 0) return date.toISOString();
  const digits = String(rest).padStart(6, '0').replace(/0+$/, '');
  return date.toISOString().replace(/Z$/, `${digits}Z`);
}
