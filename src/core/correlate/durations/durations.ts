import type { Microseconds } from '../../base/units.ts';

/**
 * How long many requests took, as far as their source knows it: every duration (`DurationSketch`), how many were in
 * which range (`DurationHistogram`), or no more than a few quantiles (`GivenQuantiles`).
 * docs/decisions/figure-shapes.md says how they merge.
 */
export type Durations = DurationSketch | DurationHistogram | GivenQuantiles;

/** Undefined: the source doesn't know it. */
interface Counted {
  readonly count: number;
  readonly total: Microseconds | undefined;
  readonly max: Microseconds | undefined;
}

/** A mergeable quantile sketch of durations; see sketch.ts for what makes one. */
export interface DurationSketch extends Counted {
  readonly shape: 'sketch';
  readonly total: Microseconds;
  readonly max: Microseconds;
  /** The duration below which the share `q` (0 to 1) lies, within 1 %; undefined when empty. */
  quantile(q: number): Microseconds | undefined;
}

/** `histogramOf` makes and checks one. */
export interface DurationHistogram extends Counted {
  readonly shape: 'histogram';
  /** Upper bounds of the buckets, each included, ascending; the first bucket begins at 0. */
  readonly bounds: readonly Microseconds[];
  /** Of each bucket; one more than there are bounds: the last bucket has no upper bound. */
  readonly counts: readonly number[];
}

/** What is certain of so many durations: they lie between these two (in µs, both included); Infinity: not known. */
export interface DurationPiece {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export type QuantileName = 'p50' | 'p95' | 'p99';
export const quantileShares: Readonly<Record<QuantileName, number>> = {
  p50: 0.5,
  p95: 0.95,
  p99: 0.99,
};
export const quantileNames = ['p50', 'p95', 'p99'] as const;

/** Quantiles (of nearest rank) that the source worked out itself. `givenQuantiles` makes one. */
export interface GivenQuantiles
  extends Counted, Readonly<Record<QuantileName, Microseconds | undefined>> {
  readonly shape: 'quantiles';
  /** A quantile is off by this share of itself at most (0: exact); undefined: nobody knows by how much. */
  readonly within: number | undefined;
}
