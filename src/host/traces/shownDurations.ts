import type { DurationRange } from '../../core/base/durationRange.ts';
import { microseconds } from '../../core/base/units.ts';
import { bucketsIn, durationBuckets } from '../../core/correlate/durations/durationBuckets.ts';
import type { ShownDurations } from '../../protocol/durations.ts';
import { fieldOf, refused } from '../pageRequests.ts';
import type { SearchState } from './traceSearch.ts';

/** How long the traces took that a search found, whichever of them are listed. */
export function shownDurations({
  found = [],
  inRange,
  form: { traceDuration, order },
  isPart,
}: Pick<SearchState, 'found' | 'inRange' | 'form' | 'isPart'>): ShownDurations {
  const buckets = durationBuckets(found);
  return {
    buckets,
    range: traceDuration,
    chosen: traceDuration && bucketsIn(buckets, traceDuration),
    inRange,
    part: !isPart ? 'all' : order === 'slowest' ? 'slowest' : 'latest',
  };
}

/**
 * The range that a page chose; undefined: any.
 * @throws SourceError `rejected`: a page can send anything
 */
export function readDurationRange(params: unknown): DurationRange | undefined {
  const range = fieldOf(params, 'range');
  if (range === undefined) return undefined;
  const [from, to] = [fieldOf(range, 'from'), fieldOf(range, 'to')];
  if (typeof from !== 'number' || typeof to !== 'number' || !(from >= 0 && from < to))
    throw refused();
  return { from: microseconds(from), to: microseconds(to) };
}
