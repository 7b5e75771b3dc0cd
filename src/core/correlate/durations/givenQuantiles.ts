import type { GivenQuantiles } from './durations.ts';

type Known = { readonly count: number; readonly within: number | undefined } & {
  readonly [Name in 'p50' | 'p95' | 'p99' | 'max' | 'total']?: GivenQuantiles[Name];
};

/** What a source says of `count` requests; what it leaves out is unknown. */
export const givenQuantiles = ({
  count,
  within,
  p50,
  p95,
  p99,
  max,
  total,
}: Known): GivenQuantiles => ({ shape: 'quantiles', count, within, p50, p95, p99, max, total });
