import { microseconds } from '../../../core/base/units.ts';
import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { Durations } from '../../../core/correlate/durations/durations.ts';
import { newSketch } from '../../../core/correlate/durations/sketch.ts';
import {
  countIn,
  durationsIn,
  longestIn,
  type BucketRows,
  type ReadOptions,
} from './bucketRows.ts';
import { countedDurations } from './countedDurations.ts';
import type { Counted, TracedRow } from './durationIndex.ts';
import { overlap } from './hourBuckets.ts';

export interface OperationDurations {
  readonly durations: Durations;
  readonly slowestTraceId: string | undefined;
}

/** Of the rows in these buckets that start within `window`; undefined where there are none. */
export async function operationDurations(
  buckets: readonly BucketRows[],
  window: TimeWindow,
  options: ReadOptions,
): Promise<OperationDurations | undefined> {
  const slowest = await slowestRow(buckets, window, options);
  if (slowest === undefined) return undefined;
  const durations = buckets.every(({ rows }) => rows !== undefined)
    ? sketchOf(buckets, window)
    : await countedIn(buckets, window, slowest.duration, options);
  return { durations, slowestTraceId: slowest.traceId || undefined };
}

/** The latest of the longest. */
async function slowestRow(
  buckets: readonly BucketRows[],
  window: TimeWindow,
  options: ReadOptions,
): Promise<TracedRow | undefined> {
  let slowest: TracedRow | undefined;
  for (const bucket of buckets) {
    const row = await longestIn(bucket, window, options);
    if (row && row.duration >= (slowest?.duration ?? 0)) slowest = row;
  }
  return slowest;
}

function sketchOf(buckets: readonly BucketRows[], window: TimeWindow): Durations {
  const sketch = newSketch();
  for (const { rows } of buckets)
    if (rows) for (const duration of durationsIn(rows, window)) sketch.add(microseconds(duration));
  return sketch;
}

async function countedIn(
  buckets: readonly BucketRows[],
  window: TimeWindow,
  longest: number,
  options: ReadOptions,
): Promise<Durations> {
  const shortest = await shortestIn(buckets, window, options);
  return countedDurations({ shortest, longest }, async (range) => {
    const sum = { count: 0, total: 0 };
    for (const bucket of buckets) add(sum, await countIn(bucket, window, range, options));
    return sum;
  });
}

function add(sum: { count: number; total: number }, { count, total }: Counted): void {
  sum.count += count;
  sum.total += total;
}

async function shortestIn(
  buckets: readonly BucketRows[],
  window: TimeWindow,
  { index, budget, signal }: ReadOptions,
): Promise<number> {
  let shortest = Infinity;
  for (const { partition, rows } of buckets) {
    if (rows) {
      for (const duration of durationsIn(rows, window)) shortest = Math.min(shortest, duration);
      continue;
    }
    budget.check();
    const row = await index.shortest(partition, overlap(partition.bucket, window), signal);
    budget.sent(1);
    shortest = Math.min(shortest, row?.duration ?? Infinity);
  }
  return shortest;
}
