/**
 * The place, counted from 0, of quantile `q` (0 to 1) among `count` sorted values: the smallest value that at least
 * a share `q` of all doesn't exceed, so that the p95 of four requests is the slowest of them.
 * Source: nearest-rank definition, https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 */
export function nearestRank(q: number, count: number): number {
  // 0.07 * 100 is 7.000000000000001: a product a hair above its rank is that rank.
  const rank = Math.ceil(q * count * (1 - Number.EPSILON * 4)) - 1;
  return Math.min(count - 1, Math.max(0, rank));
}
