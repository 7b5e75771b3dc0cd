import { tickLabel, tickStep, timeTicks } from './ticks.ts';
import type { TimeRange } from './timeRange.ts';

/** Space a tick's label needs, px. */
const tickWidth = 96;
/** From here on a second time fits beside the first, however round its step is: one alone says nothing. */
const narrowest = 140;
/** Width of a character of a label, px, and the least space between two labels. */
const characterWidth = 7;
const labelGap = 12;

export interface Tick {
  /** Share of the range, 0 to 1. */
  readonly at: number;
  readonly label: string;
  /** At the end the label stands before its line; after it otherwise. */
  readonly side: 'before' | 'after' | 'none';
}

/** The ticks of a range on a timeline `width` px wide. */
export function axisTicks(range: TimeRange, width: number): readonly Tick[] {
  const fewest = width < narrowest ? 1 : 2;
  const most = Math.max(fewest, Math.floor(width / tickWidth));
  const length = range.end - range.start;
  const step = tickStep(length / most);
  const ticks = timeTicks(range, most).map((time): Tick => {
    const at = Math.max(0, Math.min(1, (time - range.start) / length)); // times are rounded
    const label = tickLabel(time, step, range.end);
    return { at, label, side: at > 0.93 ? 'before' : 'after' };
  });
  const last = ticks.at(-1);
  return last && meetsNeighbor(last, ticks.at(-2), width)
    ? [...ticks.slice(0, -1), { ...last, side: 'none' }]
    : ticks;
}

/** A label before its line and one after the line before it share the space between both. */
function meetsNeighbor(last: Tick, neighbor: Tick | undefined, width: number): boolean {
  if (last.side !== 'before' || neighbor === undefined) return false;
  const needed = (last.label.length + neighbor.label.length) * characterWidth + labelGap;
  return (last.at - neighbor.at) * width < needed;
}
