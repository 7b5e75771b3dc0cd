import type { Slice } from './indexRows.ts';

const hour = 3_600_000_000;
const half = hour / 2;

/** One partition of `duration_index`, and the part of a slice that lies in it. */
export interface DurationBucket extends Slice {
  /** As the key has it. */
  readonly bucket: Date;
  /** The slice covers all of it. */
  readonly isWhole: boolean;
}

/**
 * The buckets whose spans can start in the slice, newest first. Jaeger puts a span into the hour nearest to its start
 * (`startTime.Round(time.Hour)`, half an hour goes up): the bucket of 12:00 holds 11:30 to just before 12:30.
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/internal/storage/v1/cassandra/spanstore/writer.go
 */
export function durationBuckets({ from, to }: Slice): readonly DurationBucket[] {
  const buckets: DurationBucket[] = [];
  for (let at = hourOf(to); at + half > from; at -= hour) {
    const [first, last] = [at - half, at + half - 1];
    buckets.push({
      bucket: new Date(at / 1_000),
      from: Math.max(from, first),
      to: Math.min(to, last),
      isWhole: from <= first && to >= last,
    });
  }
  return buckets;
}

const hourOf = (time: number): number => Math.floor((time + half) / hour) * hour;
