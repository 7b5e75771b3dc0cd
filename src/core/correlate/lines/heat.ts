import { formatPercent } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import type { Microseconds } from '../../base/units.ts';
import { dominantShare } from '../../explain/dominantCost.ts';
import { shownShare } from '../../explain/handlerCosts.ts';

/** How much of a trace's time is a line's own, in few steps. */
export const heats = ['some', 'much', 'most'] as const;
export type Heat = (typeof heats)[number];

/** Of the critical path: below the first nothing is marked; from the last on one line has what a lens calls most of it. */
const leastShare: Readonly<Record<Heat, number>> = {
  some: shownShare,
  much: 0.15,
  most: dominantShare,
};

/** @param self self time of the line @param whole the trace's critical path */
export function heatOf(self: Microseconds, whole: Microseconds): Heat | undefined {
  if (!(self > 0)) return undefined;
  return heats.findLast((heat) => self >= whole * leastShare[heat]);
}

/** What the marks of the three steps mean, as a sentence. */
export const heatLegend = (): string =>
  message(
    'Marks in the gutter: at least {0}, {1} or {2} self time.',
    ...heats.map((heat) => formatPercent(leastShare[heat])),
  );
