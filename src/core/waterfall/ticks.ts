import type { TimeRange } from './timeRange.ts';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Steps above a second, in µs, where decimal steps read badly. */
const clockSteps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hour),
];

/**
 * Round times inside the range, at most `most` + 1 of them: steps of 1, 2 or 5 times a power of ten, above
 * a second those of a clock. µs from the trace's start, ascending.
 */
export function timeTicks(range: TimeRange, most: number): readonly number[] {
  const step = tickStep((range.end - range.start) / Math.max(1, most));
  const first = Math.ceil(range.start / step);
  const last = Math.floor(range.end / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    rounded((first + index) * step),
  );
}

/** The smallest round step of at least `atLeast` µs. */
export function tickStep(atLeast: number): number {
  if (atLeast > second) {
    const clock = clockSteps.find((step) => step >= atLeast);
    if (clock !== undefined) return clock;
    return decimalStep(atLeast / day) * day;
  }
  return decimalStep(atLeast);
}

function decimalStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast > 0 ? atLeast : 1));
  for (const factor of [1, 2, 5, 10]) if (factor * power >= atLeast) return rounded(factor * power);
  return rounded(10 * power);
}

/** Takes the noise of binary fractions away: 0.30000000000000004 is 0.3. */
const rounded = (value: number): number => Number(value.toPrecision(15));

const units = [
  { name: 's', size: second },
  { name: 'ms', size: 1_000 },
  { name: 'µs', size: 1 },
] as const;

/**
 * A tick in words: `1.5 s`, `2450.1 ms`, `1:30 min`. All ticks of an axis have one unit, the largest in which
 * neighbors still differ within two decimals.
 * @param largest the axis' end, µs
 */
export function tickLabel(tick: number, step: number, largest: number): string {
  if (largest >= 2 * minute && step >= second) return clockLabel(tick, step, largest);
  const unit =
    units.find(({ size }) => size <= largest && decimalsOf(step / size) <= 2) ?? units[2];
  const decimals = decimalsOf(step / unit.size);
  const value = (tick / unit.size).toFixed(Math.min(decimals, 6));
  return `${decimals > 0 ? value.replace(/\.?0+$/, '') : value} ${unit.name}`;
}

function clockLabel(tick: number, step: number, largest: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = two((tick % minute) / second);
  if (step >= day) return `${Math.round(tick / day)} d`;
  if (largest < hour) return `${Math.floor(tick / minute)}:${seconds} min`;
  return `${Math.floor(tick / hour)}:${two((tick % hour) / minute)}:${seconds} h`;
}

function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 6; decimals++)
    if (Math.abs(value - Number(value.toFixed(decimals))) < value * 1e-6) return decimals;
  return 6;
}
