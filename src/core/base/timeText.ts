import { message } from './message.ts';
import { elapsed, fromMinutes, toMilliseconds } from './units.ts';
import type { EpochMicroseconds, Microseconds } from './units.ts';

/** `14:03:27`, in the time zone of the machine. */
export function formatTimeOfDay(time: EpochMicroseconds): string {
  const date = new Date(toMilliseconds(time));
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** How long ago, as `formatElapsed`. */
export const formatAge = (then: EpochMicroseconds, now: EpochMicroseconds): string =>
  formatElapsed(elapsed(then, now));

/** Rounded down to the largest whole unit: `12 s`, `28 min`, `3 h`, `2 d`; a second at least, also where clocks differ. */
export function formatElapsed(length: Microseconds): string {
  const minutes = Math.floor(length / fromMinutes(1));
  if (minutes < 1) return message('{0} s', Math.max(1, Math.floor(length / 1_000_000)));
  if (minutes < 60) return message('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? message('{0} h', hours) : message('{0} d', Math.floor(hours / 24));
}

/** A time range in its largest whole unit: `15 min`, `1 h`, `24 h`, `7 d`. */
export function formatWindow(minutes: number): string {
  if (minutes < 60 || minutes % 60 !== 0) return message('{0} min', minutes);
  const hours = minutes / 60;
  return hours > 24 && hours % 24 === 0 ? message('{0} d', hours / 24) : message('{0} h', hours);
}

/** A time range as a choice or a heading: `Last 15 minutes`, `Last hour`, `Last 7 days`. */
export function formatLastWindow(minutes: number): string {
  if (minutes === 60) return message('Last hour');
  if (minutes < 60 || minutes % 60 !== 0) return message('Last {0} minutes', minutes);
  const hours = minutes / 60;
  return hours > 24 && hours % 24 === 0
    ? message('Last {0} days', hours / 24)
    : message('Last {0} hours', hours);
}
