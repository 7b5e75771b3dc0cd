import { tickLabel, timeTicks } from '../../../src/core/waterfall/ticks.ts';
import type { TimeRange } from '../../../src/core/waterfall/timeRange.ts';

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

/** The ticks of a range on a timeline so wide. */
export function axisTicks(range: TimeRange, width: number): readonly Tick[] {
  const fewest = width < narrowest ? 1 : 2;
  const times = timeTicks(range, Math.max(fewest, Math.floor(width / tickWidth)));
  const step = (times[1] ?? range.end) - (times[0] ?? range.start);
  const length = range.end - range.start;
  const ticks = times.map((time): Tick => {
    const at = (time - range.start) / length;
    const label = tickLabel(time, step > 0 ? step : length, range.end);
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

/** The labels above the rows. Decoration for the eye: each row says its own times. */
export function Axis({ ticks }: { readonly ticks: readonly Tick[] }) {
  return (
    <div class="axis" aria-hidden="true">
      {ticks
        .filter(({ side }) => side !== 'none')
        .map(({ at, label, side }) => (
          <span
            key={label}
            class={side === 'before' ? 'tick tick-last' : 'tick'}
            style={{ left: `${at * 100}%` }}
          >
            {label}
          </span>
        ))}
    </div>
  );
}

/** The lines behind the bars. */
export function GridLines({ ticks }: { readonly ticks: readonly Tick[] }) {
  return (
    <div class="grid" aria-hidden="true">
      <div class="grid-lines">
        {ticks.map(({ at, label }) => (
          <div key={label} class="grid-line" style={{ left: `${at * 100}%` }} />
        ))}
      </div>
    </div>
  );
}
