import { microseconds, type Microseconds } from '../../base/units.ts';

/** µs in each unit a length of time is typed in; `µ` has two code points. */
const timeUnits: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** A length of time as typed. */
export interface TimeLength {
  readonly length: Microseconds;
  /** Half of what its last digit stands for: `9.01 ms` is also what 9.012 ms looks like. */
  readonly tolerance: Microseconds;
}

/** `1.5`, `1,5`, `.5`; three digits behind a comma are thousands, as in `1,000.5`, where a number can be so grouped. */
export const amount = String.raw`(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d*[.,]\d+|\d+)`;
const part = new RegExp(String.raw`(${amount})\s*([a-zµμ]+)\s*`, 'giu');
const thousands = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.|$)/u;

/** `100ms`, `1.5 s`, `1,5 s`, `1,000 ms`, `2 min 0 s`; undefined for what has no unit, or one that isn't known. In any case. */
export function parseTimeLength(text: string): TimeLength | undefined {
  let length = 0;
  let tolerance = 0;
  let end = 0;
  for (const found of text.matchAll(part)) {
    const [all, typed = '', unitName = ''] = found;
    const unit = timeUnits[unitName.toLowerCase()];
    if (unit === undefined || found.index !== end) return undefined;
    end = found.index + all.length;
    const number = thousands.test(typed) ? typed.replaceAll(',', '') : typed.replace(',', '.');
    length += Number(number) * unit;
    tolerance = unit / 10 ** (number.split('.')[1] ?? '').length / 2;
  }
  if (end === 0 || end !== text.length) return undefined;
  return { length: microseconds(length), tolerance: microseconds(tolerance) };
}

export const isTimeUnit = (text: string): boolean => Object.hasOwn(timeUnits, text.toLowerCase());
