import type {
  DurationIndex,
  IndexRow,
  Partition,
  TracedRow,
} from '../../../src/sources/cassandra/figures/durationIndex.ts';
import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';

/** A duration_index in memory, and what was asked of it. */
export interface MemoryIndex extends DurationIndex {
  readonly asked: { questions: number; sentRows: number; countedRows: number };
}

/** @param rows of each partition, in any order; those of other buckets aren't looked at */
export function memoryIndex(rows: readonly (TracedRow & Omit<Partition, 'bucket'>)[]): MemoryIndex {
  const asked = { questions: 0, sentRows: 0, countedRows: 0 };
  const sorted = rows.toSorted((a, b) => b.duration - a.duration || b.start - a.start);
  const within = ({ service, operation, bucket }: Partition, { start, end }: TimeWindow) =>
    sorted.filter(
      (row) =>
        row.service === service &&
        row.operation === operation &&
        row.start >= Math.max(start, bucket.start) &&
        row.start < Math.min(end, bucket.end),
    );
  const sent = <Row extends IndexRow>(some: readonly Row[]): readonly Row[] => {
    asked.questions += 1;
    asked.sentRows += some.length;
    return some;
  };
  return {
    asked,
    longest: (partition, started, most) =>
      Promise.resolve(sent(within(partition, started).slice(0, most))),
    shortest: (partition, started) =>
      Promise.resolve(sent(within(partition, started).slice(-1))[0]),
    rows: (partition, started, most) =>
      Promise.resolve(sent(within(partition, started).slice(0, most))),
    count: (partition, started, { low, high }) => {
      const found = within(partition, started).filter(
        ({ duration }) => duration >= low && duration < high,
      );
      asked.questions += 1;
      asked.countedRows += found.length;
      const total = found.reduce((sum, { duration }) => sum + duration, 0);
      return Promise.resolve({ count: found.length, total });
    },
  };
}
