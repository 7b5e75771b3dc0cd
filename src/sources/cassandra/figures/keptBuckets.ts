import { elapsed, fromMinutes, later, type EpochMicroseconds } from '../../../core/base/units.ts';
import type { BucketRows } from './bucketRows.ts';
import type { Partition } from './durationIndex.ts';

interface Kept {
  readonly bucket: BucketRows;
  readonly readAt: EpochMicroseconds;
}

/** Spans are written once they have ended, and what was held up by a full queue later still. */
const lateness = fromMinutes(15);
/** What is kept is read again after this long. */
const keptFor = fromMinutes(30);
/** 16 bytes each. */
const mostRows = 2_000_000;
const mostBuckets = 20_000;

/** What was read of hours that are over, and which partitions are large. */
export class KeptBuckets {
  readonly #kept = new Map<string, Kept>();
  #rows = 0;

  /** Undefined where it has to be read: it may have got more rows since. */
  get(partition: Partition, now: EpochMicroseconds): BucketRows | undefined {
    const kept = this.#kept.get(textOf(partition));
    if (!kept || kept.readAt < later(partition.bucket.end, lateness)) return undefined;
    return elapsed(kept.readAt, now) > keptFor ? undefined : kept.bucket;
  }

  wasLarge(partition: Partition): boolean {
    const kept = this.#kept.get(textOf(partition));
    return kept !== undefined && kept.bucket.rows === undefined;
  }

  keep(bucket: BucketRows, readAt: EpochMicroseconds): void {
    this.#remove(textOf(bucket.partition));
    this.#kept.set(textOf(bucket.partition), { bucket, readAt });
    this.#rows += rowsOf(bucket);
    for (const oldest of this.#kept.keys()) {
      if (this.#rows <= mostRows && this.#kept.size <= mostBuckets) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#rows -= rowsOf(kept.bucket);
  }
}

const rowsOf = ({ rows, longest }: BucketRows): number =>
  (rows?.durations.length ?? 0) + longest.length;

const textOf = ({ service, operation, bucket }: Partition): string =>
  JSON.stringify([service, operation, bucket.start]);
