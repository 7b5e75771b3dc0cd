import { epochMicroseconds, type EpochMicroseconds } from '../core/base/units.ts';

const date = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const time = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?`;
const zone = String.raw`(Z|[+-]\d\d:?\d\d)`;
const iso = new RegExp(`^${date}(?:[T ]${time}${zone}?)?$`, 'iu');

/**
 * A point in time as typed: microseconds since 1970, or ISO 8601 to the nanosecond (`2026-11-29T18:00:00.25Z`,
 * `2026-11-29 18:00+01:00`), without a zone in that of the machine. Undefined when it is neither.
 */
export function parsePointInTime(text: string): EpochMicroseconds | undefined {
  if (/^\d{1,16}(?:\.\d{1,3})?$/u.test(text)) return epochMicroseconds(Number(text));
  const [matched, ...parts] = iso.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part: string | undefined) => Number(part ?? 0));
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // `Date` makes the 2nd of March of a 30th of February, and one o'clock of 25.
  const isReal =
    asUtc.getUTCMonth() === month - 1 &&
    asUtc.getUTCDate() === day &&
    asUtc.getUTCMinutes() === minute &&
    asUtc.getUTCSeconds() === second;
  if (!isReal) return undefined;
  const offset = offsetMinutes(parts[7]);
  const milliseconds =
    offset === undefined
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : asUtc.getTime() - offset * 60_000;
  const nanoseconds = Number((parts[6] ?? '').padEnd(9, '0'));
  return epochMicroseconds(milliseconds * 1_000 + nanoseconds / 1_000);
}

/** Of a zone from UTC: `Z`, `+01:00`, `-0530`; undefined: none is named. */
function offsetMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/u.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** `2026-11-29 18:03:27.814`, in the zone of the machine, as `parsePointInTime` reads it. */
export function pointInTimeText(point: EpochMicroseconds): string {
  const at = new Date(point / 1_000);
  if (Number.isNaN(at.getTime())) return '?';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [
    String(at.getFullYear()).padStart(4, '0'),
    two(at.getMonth() + 1),
    two(at.getDate()),
  ];
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two);
  return `${day.join('-')} ${clock.join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
