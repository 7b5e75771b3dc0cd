import type { Tick } from '../../../src/core/waterfall/axisTicks.ts';

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
