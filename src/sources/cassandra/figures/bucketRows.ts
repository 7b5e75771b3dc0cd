import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type {
  Counted,
  DurationIndex,
  IndexRow,
  Partition,
  Range,
  TracedRow,
} from './durationIndex.ts';
import { covers, overlap } from './hourBuckets.ts';
import type { ReadBudget } from './readBudget.ts';

/** What is known of one partition: all its rows where these are few, else only how to count them on the server. */
export interface BucketRows {
  readonly partition: Partition;
  /** The longest of the whole bucket, `longestRows` at most. */
  readonly longest: readonly TracedRow[];
  /** Undefined: too many to be sent. */
  readonly rows: RowColumns | undefined;
  /** What the server counted of the whole bucket, by range: `rangeText`. */
  readonly counts: Map<string, Counted>;
}

interface RowColumns {
  readonly durations: Float64Array;
  readonly starts: Float64Array;
}

/** Larger partitions are counted: measured in docs/decisions/cassandra-figures.md. */
const mostSentRows = 5_000;
/** With their traces. */
const longestRows = 20;

export interface ReadOptions {
  readonly index: DurationIndex;
  readonly budget: ReadBudget;
  readonly signal: AbortSignal;
}

/**
 * Reads a partition.
 * @param isLarge it was last time: its rows aren't tried
 */
export async function readBucket(
  partition: Partition,
  isLarge: boolean,
  { index, budget, signal }: ReadOptions,
): Promise<BucketRows> {
  const known = { partition, counts: new Map<string, Counted>() };
  budget.check();
  const longest = await index.longest(partition, partition.bucket, longestRows, signal);
  budget.sent(longest.length);
  if (longest.length < longestRows) return { ...known, longest, rows: columnsOf(longest) };
  if (isLarge) return { ...known, longest, rows: undefined };
  budget.check();
  const rows = await index.rows(partition, mostSentRows + 1, signal);
  budget.sent(rows.length);
  return { ...known, longest, rows: rows.length > mostSentRows ? undefined : columnsOf(rows) };
}

const columnsOf = (rows: readonly IndexRow[]): RowColumns => ({
  durations: Float64Array.from(rows, ({ duration }) => duration),
  starts: Float64Array.from(rows, ({ start }) => start),
});

/** The durations of the rows that start within `window`. */
export function durationsIn({ durations, starts }: RowColumns, window: TimeWindow): Float64Array {
  const isWithin = (start = NaN) => start >= window.start && start < window.end;
  return durations.filter((_, at) => isWithin(starts[at]));
}

/** The longest row that starts within `window`. */
export async function longestIn(
  { partition, longest, rows }: BucketRows,
  window: TimeWindow,
  { index, budget, signal }: ReadOptions,
): Promise<TracedRow | undefined> {
  const found = longest.find(({ start }) => start >= window.start && start < window.end);
  const isAll = longest.length < longestRows || covers(window, partition.bucket);
  if (found || isAll || (rows && durationsIn(rows, window).length === 0)) return found;
  budget.check();
  const [asked] = await index.longest(partition, overlap(partition.bucket, window), 1, signal);
  budget.sent(1);
  return asked;
}

/** How many rows start within `window` and took that long; asks the server only where they aren't here. */
export async function countIn(
  { partition, rows, counts }: BucketRows,
  window: TimeWindow,
  range: Range,
  { index, budget, signal }: ReadOptions,
): Promise<Counted> {
  if (rows) return countAmong(durationsIn(rows, window), range);
  const isWhole = covers(window, partition.bucket);
  const kept = isWhole ? counts.get(rangeText(range)) : undefined;
  if (kept) return kept;
  budget.check();
  const started = overlap(partition.bucket, window);
  const counted = await index.count(partition, started, range, signal);
  budget.counted(counted.count);
  if (isWhole) counts.set(rangeText(range), counted);
  return counted;
}

const rangeText = ({ low, high }: Range): string => `${String(low)}-${String(high)}`;

function countAmong(durations: Float64Array, { low, high }: Range): Counted {
  let [count, total] = [0, 0];
  for (const duration of durations) {
    if (duration < low || duration >= high) continue;
    count += 1;
    total += duration;
  }
  return { count, total };
}
