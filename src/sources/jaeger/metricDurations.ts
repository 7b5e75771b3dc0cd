import type { Durations } from '../../core/correlate/durations/durations.ts';
import { givenQuantiles } from '../../core/correlate/durations/givenQuantiles.ts';
import { histogramOf } from '../../core/correlate/durations/histogram.ts';
import { fromMilliseconds } from '../../core/base/units.ts';

/** Of one operation, in ms; undefined: not known. */
export interface KnownQuantiles {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  /** The upper bound of the highest bucket that isn't empty; the largest of all where longer durations are counted. */
  readonly top: number | undefined;
}

/**
 * What the quantiles of Prometheus say: each is somewhere in its bucket, whose bounds Jaeger doesn't tell. One that is
 * the largest bound is of longer durations, however long: then only how many were longer is known, at the least.
 */
export function metricDurations(count: number, quantiles: KnownQuantiles): Durations {
  const { p50, p95, p99, top } = quantiles;
  const isBeyond = (value: number | undefined) => value !== undefined && value === top;
  if (!isBeyond(p95) && !isBeyond(p50))
    return givenQuantiles({
      count,
      within: undefined,
      p50: inMicroseconds(p50),
      p95: inMicroseconds(p95),
      p99: isBeyond(p99) ? undefined : inMicroseconds(p99),
    });
  const largest = fromMilliseconds(top ?? 0);
  if (isBeyond(p50) || p50 === undefined || p50 <= 0) return histogramOf([largest], [0, count]);
  // Half is up to the median; a twentieth and more beyond the largest bound.
  const half = Math.ceil(count / 2);
  const beyond = count - Math.ceil(count * 0.95) + 1;
  const between = Math.max(0, count - half - beyond);
  return histogramOf([fromMilliseconds(p50), largest], [half, between, count - half - between]);
}

const inMicroseconds = (value: number | undefined) =>
  value === undefined ? undefined : fromMilliseconds(value);
