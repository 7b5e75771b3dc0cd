import type { Microseconds } from './units.ts';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Stands for a number that there is none of; `NaN` is never shown. */
const noNumber = '–';

/**
 * A length of time as every view, lens and table shows it: three significant figures below a minute (`3 µs`,
 * `9.01 ms`, `326 ms`, `2.45 s`), two units above (`2 min 5 s`, `1 h 2 min`, `3 d 4 h`). Rounded to the nearest, without
 * zeros at the end; never "60 s" or "1000 ms". Symbols of units are the same in every language.
 */
export function formatDuration(duration: Microseconds): string {
  return signed(duration, (length) => {
    const micros = length < 0.1 ? toNanosecond(length) : threeFigures(length);
    if (micros < 1_000) return `${micros} µs`;
    const milliseconds = threeFigures(length / 1_000);
    if (milliseconds < 1_000) return `${milliseconds} ms`;
    const seconds = threeFigures(length / second);
    return seconds < 60 ? `${seconds} s` : twoUnits(length);
  });
}

const threeFigures = (value: number): number => Number(value.toPrecision(3));

/**
 * The same to the microsecond, below a millisecond to the nanosecond: `326.418 ms`, `2 min 5.000012 s`. For lengths
 * that were measured once, where a reader asks for more: tooltips and details. Quantiles are no such lengths.
 */
export function formatExactDuration(duration: Microseconds): string {
  return signed(duration, (length) => {
    const nanos = toNanosecond(length);
    if (nanos < 1_000) return `${nanos} µs`;
    const micros = Math.round(length);
    return micros < second ? `${micros / 1_000} ms` : clockText(micros);
  });
}

function signed(duration: number, text: (length: number) => string): string {
  if (!Number.isFinite(duration)) return noNumber;
  const length = text(Math.abs(duration));
  return duration < 0 && !length.startsWith('0 ') ? `-${length}` : length;
}

/** What is smaller is noise of sums: no clock has more. */
const toNanosecond = (micros: number): number => Math.round(micros * 1_000) / 1_000;

/** Below a day to the second or minute, above to the hour, so that two units are left. */
function twoUnits(length: number): string {
  const seconds = Math.round(length / second) * second;
  if (seconds < hour) return clockText(seconds);
  const minutes = Math.round(length / minute) * minute;
  return clockText(minutes < day ? minutes : Math.round(length / hour) * hour);
}

/** `1 h 2 min 5 s`: of a length above none, without what it has none of. */
function clockText(length: number): string {
  const parts = [
    [Math.floor(length / day), 'd'],
    [Math.floor((length % day) / hour), 'h'],
    [Math.floor((length % hour) / minute), 'min'],
    [(length % minute) / second, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
}

/** `1,204`; the same in every language, and so often that asking the language's rules for it would be felt. */
export function formatCount(count: number): string {
  return Number.isFinite(count)
    ? String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',')
    : noNumber;
}

/** A share from 0 to 1 as `0.4%`; what isn't none or all is never shown as `0%` or `100%`. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return noNumber;
  const percent = Math.round(share * 1_000) / 10;
  if (percent === 0 && share > 0) return '<0.1%';
  if (percent === 100 && share < 1) return '>99.9%';
  return `${percent}%`;
}
