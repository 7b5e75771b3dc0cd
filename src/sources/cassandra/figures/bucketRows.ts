import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { EpochMicroseconds } from '../../../core/base/units.ts';
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
  /** Some of the rows are of an earlier reading. */
  readonly isContinued: boolean;
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
const anyDuration: Range = { low: 0, high: Number.MAX_SAFE_INTEGER };

export interface ReadOptions {
  readonly index: DurationIndex;
  readonly budget: ReadBudget;
  readonly signal: AbortSignal;
}

/** What was read of a partition before. */
export interface EarlierRows {
  readonly bucket: BucketRows;
  /** All spans that start before this were written by then. */
  readonly settled: EpochMicroseconds;
}

/**
 * Reads a partition: where its rows are few only those that may have come since. Those of one that was large aren't
 * tried again.
 */
export async function readBucket(
  partition: Partition,
  before: EarlierRows | undefined,
  options: ReadOptions,
): Promise<BucketRows> {
  const { index, budget, signal } = options;
  const known = { partition, counts: new Map<string, Counted>(), isContinued: false };
  budget.check();
  const longest = await index.longest(partition, partition.bucket, longestRows, signal);
  budget.sent(longest.length);
  if (longest.length < longestRows) return { ...known, longest, rows: columnsOf(longest) };
  const isLarge = before ? !before.bucket.rows : await isTooLarge(partition, options);
  if (isLarge) return { ...known, longest, rows: undefined };
  const settled = before ? settledRows(before) : [];
  const isContinued = settled.length > 0;
  const start = isContinued && before ? before.settled : partition.bucket.start;
  budget.check();
  const most = mostSentRows + 1 - settled.length;
  const rows = await index.rows(partition, { ...partition.bucket, start }, most, signal);
  budget.sent(rows.length, settled.length);
  if (rows.length >= most) return { ...known, longest, rows: undefined };
  return { ...known, longest, rows: columnsOf([...settled, ...rows]), isContinued };
}

async function isTooLarge(
  partition: Partition,
  { index, budget, signal }: ReadOptions,
): Promise<boolean> {
  budget.check();
  const { count } = await index.count(partition, partition.bucket, anyDuration, signal);
  budget.counted(count);
  return count > mostSentRows;
}

function settledRows({ bucket: { rows }, settled }: EarlierRows): readonly IndexRow[] {
  const all: IndexRow[] = [];
  rows?.starts.forEach((start, at) => {
    if (start < settled) all.push({ start, duration: rows.durations[at] ?? 0 });
  });
  return all;
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
