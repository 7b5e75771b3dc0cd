import { epochMicroseconds } from '../../../core/base/units.ts';
import { covers, hourBuckets, hourOf, overlap } from '../figures/hourBuckets.ts';
import type { Slice } from './indexRows.ts';

/** One partition of `duration_index`, and the part of a slice that lies in it. */
export interface DurationBucket extends Slice {
  /** As the key has it. */
  readonly bucket: Date;
  /** The slice covers all of it. */
  readonly isWhole: boolean;
}

/** The buckets whose spans can start in the slice, newest first: see `hourBuckets`. */
export function durationBuckets({ from, to }: Slice): readonly DurationBucket[] {
  const window = { start: epochMicroseconds(from), end: epochMicroseconds(to + 1) };
  return hourBuckets(window)
    .toReversed()
    .map((bucket) => {
      const part = overlap(bucket, window);
      return {
        bucket: hourOf(bucket),
        from: part.start,
        to: part.end - 1,
        isWhole: covers(window, bucket),
      };
    });
}
