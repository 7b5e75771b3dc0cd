import { earlier, elapsed, fromMinutes, type EpochMicroseconds } from '../../../core/base/units.ts';
import type { BucketRows, EarlierRows } from './bucketRows.ts';
import type { Partition } from './durationIndex.ts';

interface Kept {
  readonly bucket: BucketRows;
  readonly readAt: EpochMicroseconds;
  /** When the oldest of its rows were read. */
  readonly begunAt: EpochMicroseconds;
}

/** Spans are written once they have ended, and what was held up by a full queue later still. */
const lateness = fromMinutes(15);
/** What is kept is read again after this long. */
const keptFor = fromMinutes(30);
/** 16 bytes each. */
const mostRows = 2_000_000;
const mostBuckets = 20_000;

/** What was read of partitions: of hours that are over all there is, of others what can't change any more. */
export class KeptBuckets {
  readonly #kept = new Map<string, Kept>();
  #rows = 0;

  get(partition: Partition, now: EpochMicroseconds): EarlierRows | undefined {
    const kept = this.#kept.get(textOf(partition));
    if (!kept) return undefined;
    const isOld = elapsed(kept.begunAt, now) > keptFor;
    const settled = isOld ? partition.bucket.start : earlier(kept.readAt, lateness);
    return { bucket: kept.bucket, settled };
  }

  keep(bucket: BucketRows, readAt: EpochMicroseconds): void {
    const before = this.#kept.get(textOf(bucket.partition));
    const begunAt = bucket.isContinued && before ? before.begunAt : readAt;
    this.#remove(textOf(bucket.partition));
    this.#kept.set(textOf(bucket.partition), { bucket, readAt, begunAt });
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
