import { message } from '../core/base/message.ts';
import { formatLastWindow } from '../core/base/timeText.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { earlier, epochMicroseconds, fromMinutes } from '../core/base/units.ts';
import { systemClock } from '../engine/systemClock.ts';

const farFuture = epochMicroseconds(8.64e18 / 1_000);

/** The last minutes; undefined: all time. */
export function windowBack(minutes: number | undefined): TimeWindow {
  if (minutes === undefined) return { start: epochMicroseconds(0), end: farFuture };
  const now = systemClock.now();
  return { start: earlier(now, fromMinutes(minutes)), end: now };
}

/** `Last hour`, `all time`. */
export function windowText(minutes: number | undefined): string {
  return minutes === undefined ? message('all time') : formatLastWindow(minutes);
}
