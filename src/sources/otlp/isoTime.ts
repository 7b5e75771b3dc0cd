import type { WireTime } from './wire.ts';

const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/i;

/** A time as RFC 3339 writes it, to the nanosecond; undefined when it isn't one, or is before 1970. */
export function isoTime(text: string): WireTime | undefined {
  const [, seconds, fraction = '', zone] = iso.exec(text) ?? [];
  if (seconds === undefined || zone === undefined) return undefined;
  const milliseconds = Date.parse(`${seconds}${zone}`);
  if (!(milliseconds >= 0)) return undefined;
  const nanos = fraction.padEnd(9, '0');
  return {
    micros: milliseconds * 1_000 + Number(nanos.slice(0, 6)),
    nanos: Number(nanos.slice(6)),
  };
}
