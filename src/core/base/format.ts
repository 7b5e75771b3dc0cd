import type { Microseconds } from './units.ts';

const minute = 60_000_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded as shown: below 10 to hundredths, above to tenths; without trailing zeros. */
function decimal(value: number): number {
  return value < 9.995 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10;
}

/**
 * A length of time as every view, lens and table shows it: `3 µs`, `257.8 ms`, `2.45 s`, `2 m 0 s`,
 * `1 h 2 m`, `3 d 4 h`. Rounded to the nearest; never "60 s" or "1000 ms".
 */
export function formatDuration(duration: Microseconds): string {
  const sign = duration < 0 ? '-' : '';
  return sign + formatPositive(Math.abs(duration));
}

function formatPositive(duration: number): string {
  for (const [unit, size] of [
    ['µs', 1],
    ['ms', 1_000],
  ] as const) {
    const value = decimal(duration / size);
    if (value < 1_000) return `${value} ${unit}`;
  }
  const seconds = decimal(duration / 1_000_000);
  if (seconds < 60) return `${seconds} s`;
  const wholeSeconds = Math.round(duration / 1_000_000) * 1_000_000;
  if (wholeSeconds < hour) return pair(wholeSeconds, minute, 'm', 1_000_000, 's');
  const wholeMinutes = Math.round(duration / minute) * minute;
  if (wholeMinutes < day) return pair(wholeMinutes, hour, 'h', minute, 'm');
  return pair(Math.round(duration / hour) * hour, day, 'd', hour, 'h');
}

function pair(value: number, large: number, largeUnit: string, small: number, smallUnit: string) {
  const whole = Math.floor(value / large);
  return `${whole} ${largeUnit} ${Math.round((value - whole * large) / small)} ${smallUnit}`;
}

/** `1,204`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A share from 0 to 1 as `0.4 %`; what isn't none or all is never shown as `0 %` or `100 %`. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 1_000) / 10;
  if (percent === 0 && share > 0) return '<0.1 %';
  if (percent === 100 && share < 1) return '>99.9 %';
  return `${percent} %`;
}
