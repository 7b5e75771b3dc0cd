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

const part = /(\d+(?:\.(\d+))?|\.(\d+))\s*([a-zµμ]+)\s*/giu;

/** `100ms`, `1.5 s`, `2 min 0 s`; undefined for what has no unit, or one that isn't known. In any case. */
export function parseTimeLength(text: string): TimeLength | undefined {
  let length = 0;
  let tolerance = 0;
  let end = 0;
  for (const found of text.matchAll(part)) {
    const unit = timeUnits[(found[4] ?? '').toLowerCase()];
    if (unit === undefined || found.index !== end) return undefined;
    end = found.index + found[0].length;
    length += Number(found[1]) * unit;
    tolerance = unit / 10 ** (found[2] ?? found[3] ?? '').length / 2;
  }
  if (end === 0 || end !== text.length) return undefined;
  return { length: microseconds(length), tolerance: microseconds(tolerance) };
}

export const isTimeUnit = (text: string): boolean => Object.hasOwn(timeUnits, text.toLowerCase());
