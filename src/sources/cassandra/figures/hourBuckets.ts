import { epochMicroseconds, fromMinutes, later } from '../../../core/base/units.ts';
import type { TimeWindow } from '../../../core/base/timeWindow.ts';

const hour = fromMinutes(60);
const half = fromMinutes(30);

/**
 * The buckets of duration_index that hold spans of `window`, oldest first, each as the times at which its spans start:
 * Jaeger rounds a start to the nearest hour (plugin/storage/cassandra/spanstore/writer.go, `durationBucketSize`).
 */
export function hourBuckets({ start, end }: TimeWindow): readonly TimeWindow[] {
  const buckets: TimeWindow[] = [];
  const first = Math.floor((start + half) / hour) * hour - half;
  for (let at = epochMicroseconds(first); at < end; at = later(at, hour))
    buckets.push({ start: at, end: later(at, hour) });
  return buckets;
}

/** The hour that names the bucket in the table. */
export const hourOf = ({ start }: TimeWindow): Date => new Date((start + half) / 1_000);

/** The part of `window` that lies in `bucket`. */
export const overlap = (bucket: TimeWindow, window: TimeWindow): TimeWindow => ({
  start: epochMicroseconds(Math.max(bucket.start, window.start)),
  end: epochMicroseconds(Math.min(bucket.end, window.end)),
});

export const covers = (window: TimeWindow, bucket: TimeWindow): boolean =>
  window.start <= bucket.start && window.end >= bucket.end;
