import {
  formatCount,
  formatDuration,
  formatExactDuration,
  formatPercent,
} from '../../base/format.ts';
import { message } from '../../base/message.ts';
import type { Microseconds } from '../../base/units.ts';
import { quantileNames, type QuantileName } from '../durations/durations.ts';
import type { MergedDurations } from '../durations/mergeDurations.ts';
import type { DurationRange } from '../durations/quantileAmong.ts';
import type { Figures } from './figures.ts';

/** `p50 12 ms · p95 340 ms · p99 1.2 s · max 2.45 s`, as far as known; of one request how long it took, exactly. */
export function quantilesText(durations: MergedDurations): string {
  const { count, total, max } = durations;
  const only = count === 1 ? (total ?? max) : undefined;
  if (only !== undefined) return message('Duration: {0}', formatExactDuration(only));
  const longest = max === undefined ? [] : [message('max {0}', formatDuration(max))];
  return [...quantileParts(durations, quantileNames), ...longest].join(' · ');
}

type Quantiles = Pick<MergedDurations, 'estimates'> & {
  readonly [Name in QuantileName]?: Microseconds | undefined;
};

/** `p50 12 ms`, `p95 ≈340 ms`, as parts of a list; no part for what isn't known. */
export function quantileParts(
  figures: Quantiles,
  names: readonly QuantileName[],
): readonly string[] {
  return names.flatMap((name) => {
    const text = quantileText(figures, name);
    return text === undefined ? [] : [titled(name, text)];
  });
}

function titled(name: QuantileName, text: string): string {
  switch (name) {
    case 'p50':
      return message('p50 {0}', text);
    case 'p95':
      return message('p95 {0}', text);
    case 'p99':
      return message('p99 {0}', text);
  }
}

/** `34 ms`; `≈34 ms` of an estimate, `≥15 s` where it is longer than can be told; undefined: unknown. */
export function quantileText(figures: Quantiles, name: QuantileName): string | undefined {
  const value = figures[name];
  if (value === undefined) return undefined;
  return signOf(figures.estimates?.[name]) + formatDuration(value);
}

function signOf(range: DurationRange | undefined): string {
  if (range === undefined) return '';
  return isOpen(range) ? '≥' : '≈';
}

const isOpen = ({ low, high }: DurationRange): boolean => low !== undefined && high === undefined;

/** `p95 (10 ms to 50 ms)`, `p99 (15 s or more)`: where the true ones of estimates lie. */
export const estimateParts = ({ estimates = {} }: Pick<Figures, 'estimates'>): readonly string[] =>
  quantileNames.flatMap((name) => {
    const range = estimates[name];
    if (range === undefined) return [];
    const { low, high } = range;
    if (low === undefined) return [name];
    return high === undefined
      ? [message('{0} ({1} or more)', name, formatDuration(low))]
      : [message('{0} ({1} to {2})', name, formatDuration(low), formatDuration(high))];
  });

type Errors = Pick<Figures, 'errors' | 'errorSample' | 'count'>;

/** The share of requests that failed, 0 to 1, perhaps of a sample; undefined: unknown. */
export function errorShare({ errors, errorSample, count }: Errors): number | undefined {
  if (errorSample) return errorSample.share;
  return errors === undefined ? undefined : errors / count;
}

/** `0.4% errors`, `0.4% errors in a sample of 500`, as a part of a list; no part where no request failed. */
export function errorParts(figures: Errors): readonly string[] {
  const share = errorShare(figures) ?? 0;
  if (share === 0) return [];
  const { errorSample } = figures;
  return [
    errorSample
      ? message('{0} errors in a sample of {1}', formatPercent(share), formatCount(errorSample.of))
      : message('{0} errors', formatPercent(share)),
  ];
}

/** `36.2 s in total`, as a part of a list; no part where it isn't known. */
export const totalParts = ({ total }: { readonly total: Microseconds | undefined }) =>
  total === undefined ? [] : [message('{0} in total', formatDuration(total))];

/** `counts client + server spans`, as a part of a list; no part where only one kind is counted. */
export const mixedParts = ({ mixedKinds }: Pick<Figures, 'mixedKinds'>): readonly string[] =>
  mixedKinds === undefined ? [] : [message('counts {0} spans', mixedKinds.join(' + '))];
