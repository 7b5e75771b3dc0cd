import { mergeDurations } from '../durations/mergeDurations.ts';
import type { OperationFigures } from './figures.ts';

/** How slow the slowest requests of an operation are, in µs, as far as its source knows; 0 where it doesn't. */
export function slownessOf({ durations }: Pick<OperationFigures, 'durations'>): number {
  if (durations.max !== undefined) return durations.max;
  if (durations.shape === 'quantiles') return durations.p99 ?? durations.p95 ?? durations.p50 ?? 0;
  return mergeDurations([durations]).p99 ?? 0;
}
