import type { DurationRange, RangeRun } from '../../base/durationRange.ts';
import { microseconds, type Microseconds } from '../../base/units.ts';

/** Requests that took about as long. */
export interface DurationBucket extends DurationRange {
  readonly traces: number;
  /** Of them, those with a span that failed. */
  readonly failed: number;
}

/** As much of a trace as is counted. */
export interface CountedTrace {
  readonly duration: Microseconds;
  readonly errorCount: number;
}

/** More bars can't be told apart, or aimed at, in a side bar. */
const mostBuckets = 24;

const steps = (count: number, from: number, by: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => (from + at * by) / 10);

/** Where buckets begin, in each power of ten: the first that gives few enough is taken. Whole numbers that read well. */
const series: readonly (readonly number[])[] = [
  steps(90, 10, 1),
  steps(18, 10, 5),
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1],
];

/**
 * Buckets side by side, wider the longer the durations are, from the shortest to the longest; empty without traces. Each
 * trace is in one; what took less than a microsecond is in a first one from 0 on.
 */
export function durationBuckets(traces: readonly CountedTrace[]): readonly DurationBucket[] {
  const durations = traces.map(({ duration }) => Math.max(0, duration));
  if (durations.length === 0) return [];
  const edges = edgesFor(Math.min(...durations), Math.max(...durations));
  const counts = edges.slice(1).map(() => ({ traces: 0, failed: 0 }));
  for (const [index, { errorCount }] of traces.entries()) {
    const count = counts[bucketAt(edges, durations[index] ?? 0)];
    if (!count) continue;
    count.traces += 1;
    if (errorCount > 0) count.failed += 1;
  }
  return counts.map((count, at) => ({
    from: microseconds(edges[at] ?? 0),
    to: microseconds(edges[at + 1] ?? 0),
    ...count,
  }));
}

/** Edges of the finest buckets that are few enough, from the one that holds the shortest to the one that holds the longest. */
function edgesFor(shortest: number, longest: number): readonly number[] {
  let edges: readonly number[] = [];
  for (const factors of series) {
    edges = edgesOf(factors, shortest, longest);
    if (edges.length <= mostBuckets + 1) break;
  }
  return edges;
}

/** From the last edge that isn't above the shortest to the first that is above the longest. */
function edgesOf(factors: readonly number[], shortest: number, longest: number): readonly number[] {
  const first = shortest < 1 ? 0 : powerOf(shortest);
  const all = shortest < 1 ? [0] : [];
  for (let power = first; power <= Math.max(first, powerOf(longest)) + 1; power++)
    all.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))));
  const from = all.findLastIndex((edge) => edge <= shortest);
  const to = all.findIndex((edge) => edge > longest);
  return all.slice(from, to + 1);
}

const powerOf = (value: number): number => Number(value.toExponential().split('e')[1] ?? 0);

/** The bucket that holds a duration between the first edge and the last. */
const bucketAt = (edges: readonly number[], duration: number): number =>
  edges.findLastIndex((edge) => edge <= duration);

/** The buckets that the range has a part of; undefined: none. */
export function bucketsIn(
  buckets: readonly DurationRange[],
  range: DurationRange,
): RangeRun | undefined {
  const isIn = ({ from, to }: DurationRange) => from < range.to && to > range.from;
  const first = buckets.findIndex(isIn);
  return first < 0 ? undefined : { first, last: buckets.findLastIndex(isIn) };
}
