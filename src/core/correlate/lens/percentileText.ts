import { formatCount, formatPercent } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { formatLastWindow } from '../../base/timeText.ts';
import { wholeMinutes } from '../../base/timeWindow.ts';
import type { EpochMicroseconds } from '../../base/units.ts';
import { shortened, visibleText } from '../../base/visibleText.ts';
import type { Percentile } from '../durations/percentileAmong.ts';
import type { SpanPercentile } from '../figures/spanPercentile.ts';
import { durationSentences } from './basisText.ts';

/** `slower than 98% of 1,204`: the side of which more is certain, rounded down. */
export function percentileText({ slowerThan, fasterThan, of }: Percentile): string {
  const all = formatCount(of);
  if (slowerThan === 1) return message('slower than all {0}', all);
  if (fasterThan === 1) return message('faster than all {0}', all);
  return slowerThan >= fasterThan
    ? message('slower than {0} of {1}', atLeast(slowerThan), all)
    : message('faster than {0} of {1}', atLeast(fasterThan), all);
}

/** Far less than one of any number of requests: 0.57 × 100 is a little less than 57 in floating point. */
const inexactness = 1e-9;

/** Whole percents, tenths among the last one: where it matters which of the slowest it is. */
const atLeast = (share: number): string => {
  const steps = share >= 0.99 ? 1_000 : 100;
  return formatPercent(Math.floor(share * steps + inexactness) / steps);
};

const longestName = 120;

/** What it is compared with, and where that comes from, a sentence each. */
export const percentileBasis = (
  { operation, figures }: SpanPercentile,
  now: EpochMicroseconds,
): readonly string[] => [
  message('Compared with requests of {0}.', visibleText(shortened(operation, longestName))),
  message('Time range: {0}.', formatLastWindow(wholeMinutes(figures.window))),
  ...durationSentences(figures, now),
];
