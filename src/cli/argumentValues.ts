import type { EpochMicroseconds, Microseconds } from '../core/base/units.ts';
import { parseTimeLength } from '../core/trace/filter/timeLength.ts';
import { parsePointInTime } from './pointInTime.ts';
import { UsageError } from '../core/base/usageError.ts';

/** What stands behind the options of a command line. Each @throws UsageError one sentence: what is wrong, what fits. */

export function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new UsageError(`Invalid ${flag} "${text}". Use a whole number from 1.`);
}

/** Minutes back from now; undefined: everything there is. */
export function windowMinutes(text: string): number | undefined {
  if (text === 'all') return undefined;
  const [, amount = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const minutes = { m: 1, h: 60, d: 1_440 }[unit];
  if (minutes === undefined || Number(amount) === 0)
    throw new UsageError(`Invalid --window "${text}". Use 15m, 1h, 7d or all.`);
  return Number(amount) * minutes;
}

export function durationOf(flag: string, text: string): Microseconds {
  const parsed = parseTimeLength(text.trim());
  if (parsed) return parsed.length;
  throw new UsageError(`Invalid ${flag} "${text}". Use a number and a unit: 500us, 250ms or 1.2s.`);
}

export function pointInTime(flag: string, text: string): EpochMicroseconds {
  const time = parsePointInTime(text);
  if (time !== undefined) return time;
  throw new UsageError(
    `Invalid ${flag} "${text}". Use an ISO time such as 2026-11-29T18:00:00Z, or microseconds since 1970.`,
  );
}
