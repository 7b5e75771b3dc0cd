import { tickLabel, timeTicks } from '../../../src/core/waterfall/ticks.ts';
import type { TimeRange } from '../../../src/core/waterfall/timeRange.ts';

/** Space a tick's label needs, px. */
const tickWidth = 96;

export interface Tick {
  /** Share of the range, 0 to 1. */
  readonly at: number;
  readonly label: string;
}

/** The ticks of a range on a timeline so wide. */
export function axisTicks(range: TimeRange, width: number): readonly Tick[] {
  const times = timeTicks(range, Math.max(1, Math.floor(width / tickWidth)));
  const step = (times[1] ?? range.end) - (times[0] ?? range.start);
  const length = range.end - range.start;
  return times.map((time) => ({
    at: (time - range.start) / length,
    label: tickLabel(time, step > 0 ? step : length, range.end),
  }));
}

/** The labels above the rows. Decoration for the eye: each row says its own times. */
export function Axis({ ticks }: { readonly ticks: readonly Tick[] }) {
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map(({ at, label }) => (
        <span
          key={label}
          class={at > 0.93 ? 'tick tick-last' : 'tick'}
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
