import type { Microseconds } from '../../base/units.ts';
import type { DurationHistogram } from './durations.ts';

/**
 * @param bounds upper bounds of the buckets, ascending, without the infinite one
 * @param counts of each bucket alone (not cumulative), the last one without an upper bound
 * @throws RangeError when bounds and counts don't fit
 */
export function histogramOf(
  bounds: readonly Microseconds[],
  counts: readonly number[],
  known: { readonly max?: Microseconds; readonly total?: Microseconds } = {},
): DurationHistogram {
  if (counts.length !== bounds.length + 1)
    throw new RangeError(`${bounds.length} bounds for ${counts.length} buckets`);
  if (!bounds.every((bound, at) => bound > (bounds[at - 1] ?? 0) && bound < Infinity))
    throw new RangeError('bounds that do not ascend from 0');
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new RangeError('a bucket that has no whole number of durations');
  const count = counts.reduce((sum, one) => sum + one, 0);
  return { shape: 'histogram', bounds, counts, count, max: known.max, total: known.total };
}
