import { message } from '../core/base/message.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { pointInTimeText } from './pointInTime.ts';
import type { SearchTime } from './tracesCommand.ts';
import { windowBack, windowText } from './windowBack.ts';

/** The window that was asked for, both ends included; without `--to` it ends now. */
export function windowOf(time: SearchTime): TimeWindow {
  if ('minutes' in time) return windowBack(time.minutes);
  const { from = windowBack(undefined).start, to = windowBack(1).end } = time;
  return { start: from, end: to };
}

/** `Last hour`, `2026-11-29 18:00:00.000 – 2026-11-29 19:00:00.000`. */
export function searchTimeText(time: SearchTime): string {
  if ('minutes' in time) return windowText(time.minutes);
  const [from, to] = [time.from, time.to].map((point) => point && pointInTimeText(point));
  if (from === undefined) return message('until {0}', to ?? '');
  return to === undefined ? message('since {0}', from) : `${from} – ${to}`;
}
