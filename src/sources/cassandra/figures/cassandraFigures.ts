import { message } from '../../../core/base/message.ts';
import { earlier, epochMicroseconds, fromSeconds } from '../../../core/base/units.ts';
import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { ErrorCount, OperationFigures } from '../../../core/correlate/figures/figures.ts';
import { keyText, type OperationKey } from '../../../core/matching/operations/operationKinds.ts';
import type { Clock, FiguresAnswer } from '../../../core/ports.ts';
import { noneDropped } from '../../droppedSpanList.ts';
import { Tolerant } from '../../search/tolerant.ts';
import { readBucket, type BucketRows, type ReadOptions } from './bucketRows.ts';
import { countedAs } from './countedAs.ts';
import { hourBuckets } from './hourBuckets.ts';
import { KeptBuckets } from './keptBuckets.ts';
import { operationDurations } from './operationDurations.ts';
import { ReadBudget } from './readBudget.ts';
import type { FiguresTables, NamedOperation } from './reading.ts';
import { isEntry, sampleOperations } from './sampleOperations.ts';
import { SpanSample, type SeenSpan } from './spanSample.ts';

export interface FiguresOptions {
  readonly tables: FiguresTables;
  readonly clock: Clock;
  /** Seconds after which rows of duration_index are gone; 0: they are kept. */
  readonly timeToLive: (signal: AbortSignal) => Promise<number>;
}

/** More than these are made from ids. */
const mostOperations = 5_000;

/**
 * Figures out of Jaeger's duration_index: every request is counted, and no span is read for it. What an operation is,
 * and how many of its requests fail, comes from a sample of traces. What was read of hours that are over is kept.
 */
export class CassandraFigures {
  readonly #options: FiguresOptions;
  readonly #kept = new KeptBuckets();
  readonly #sample = new SpanSample();

  constructor(options: FiguresOptions) {
    this.#options = options;
  }

  /** @param isLate from when it holds, no further question is asked */
  async read(
    asked: TimeWindow,
    isLate: () => boolean,
    signal: AbortSignal,
  ): Promise<FiguresAnswer> {
    const { tables, clock } = this.#options;
    const reasons = new Set<string>();
    const window = await this.#alive(asked, reasons, signal);
    const all = await tables.operations(signal);
    const operations = all.toSorted(entriesFirst).slice(0, mostOperations);
    if (operations.length < all.length)
      reasons.add(tooManyOperations(operations.length, all.length));

    const budget = new ReadBudget();
    const tolerant = new Tolerant({
      isLate,
      lateReason: message('Incomplete because the database responds slowly.'),
      signal,
    });
    const sampling = { tables, sample: this.#sample, budget, tolerant };
    const { counted, unknown } = await sampleOperations(operations, window, sampling);
    if (unknown > 0) reasons.add(notReadYet(unknown));
    const figures: OperationFigures[] = [];
    await tolerant.each(this.#rows(counted), async (row, each) => {
      const reading = { index: tables.durations, budget, signal: each };
      const read = await this.#figuresOf(row, window, reading);
      if (read) figures.push(read);
    });
    if (tolerant.failure) throw tolerant.failure;

    for (const reason of tolerant.reasons) reasons.add(reason);
    const complete = reasons.size === 0;
    return {
      operations: figures,
      window: asked,
      basis: complete ? 'complete' : 'partial',
      sampledTraces: undefined,
      overloaded: tolerant.overloaded,
      restMs: budget.restMs,
      ...noneDropped,
      complete,
      reason: [...reasons].join(' '),
      fetchedAt: clock.now(),
    };
  }

  /** Rows that have outlived their time are in the way of reading as long as they aren't cleared up. */
  async #alive(window: TimeWindow, reasons: Set<string>, signal: AbortSignal): Promise<TimeWindow> {
    const seconds = await this.#options.timeToLive(signal);
    const oldest = earlier(this.#options.clock.now(), fromSeconds(seconds));
    if (seconds === 0 || window.start >= oldest) return window;
    reasons.add(onlyKept(seconds));
    return { start: oldest, end: epochMicroseconds(Math.max(oldest, window.end)) };
  }

  /** Operations that count in the same row: the elements of a list are spans of different names. */
  #rows(operations: readonly NamedOperation[]): readonly Row[] {
    const rows = new Map<string, { key: OperationKey; operations: NamedOperation[] }>();
    for (const operation of operations) {
      const key = countedAs(operation, this.#sample.of(operation));
      if (!key) continue;
      const row = rows.get(keyText(key)) ?? { key, operations: [] };
      row.operations.push(operation);
      rows.set(keyText(key), row);
    }
    return [...rows.values()];
  }

  async #figuresOf(
    { key, operations }: Row,
    window: TimeWindow,
    options: ReadOptions,
  ): Promise<OperationFigures | undefined> {
    const buckets: BucketRows[] = [];
    for (const operation of operations)
      for (const bucket of hourBuckets(window))
        buckets.push(await this.#bucket(operation, bucket, options));
    const read = await operationDurations(buckets, window, options);
    if (!read) return undefined;
    const seen = operations.flatMap((operation) => this.#sample.within(operation, window));
    const kinds = [...new Set(operations.flatMap((operation) => operation.kinds))].sort();
    return {
      key,
      ...read,
      errors: errorsAmong(seen, read.durations.count),
      ...(kinds.length > 1 && { mixedKinds: kinds }),
    };
  }

  async #bucket(
    { service, name }: NamedOperation,
    bucket: TimeWindow,
    options: ReadOptions,
  ): Promise<BucketRows> {
    const partition = { service, operation: name, bucket };
    const now = this.#options.clock.now();
    const before = this.#kept.get(partition, now);
    if (before && before.settled >= bucket.end) return before.bucket;
    const read = await readBucket(partition, before, options);
    this.#kept.keep(read, now);
    return read;
  }
}

/** What servers and consumers answer is never left out for what they call. */
const entriesFirst = (a: NamedOperation, b: NamedOperation): number =>
  Number(isEntry(b)) - Number(isEntry(a));

interface Row {
  readonly key: OperationKey;
  readonly operations: readonly NamedOperation[];
}

/** Spans alike in trace, operation, start and duration have one row in the index: fewer may be counted than were seen. */
function errorsAmong(seen: readonly SeenSpan[], counted: number): ErrorCount | undefined {
  const requests = seen.filter(({ key }) => key !== undefined);
  const failed = requests.filter(({ isError }) => isError).length;
  if (requests.length === 0) return undefined;
  return { count: Math.min(failed, counted), of: Math.min(requests.length, counted) };
}

const onlyKept = (seconds: number): string =>
  message(
    "Traces are kept for {0} hours; older ones aren't counted.",
    Math.round(seconds / 360) / 10,
  );

const tooManyOperations = (read: number, all: number): string =>
  message('Only {0} of {1} operations were queried.', read, all);

const notReadYet = (operations: number): string =>
  message('Operations not read yet: {0}. Select Refresh to read more.', operations);
