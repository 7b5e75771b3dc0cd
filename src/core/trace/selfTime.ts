/**
 * Duration of each row less the time in which at least one of its children ran, in µs. A child counts
 * only as far as it lies within its parent. One pass: siblings come by start, so that what is covered so
 * far is one point in time per parent.
 */
export function measureSelfTime(
  start: Float64Array,
  duration: Float64Array,
  parent: Int32Array,
): Float64Array {
  const selfTime = duration.slice();
  const coveredUntil = start.slice();
  for (let row = 0; row < parent.length; row++) {
    const above = parent[row] ?? -1;
    if (above === -1) continue;
    const begin = start[row] ?? 0;
    const parentEnd = (start[above] ?? 0) + (duration[above] ?? 0);
    const from = Math.max(begin, coveredUntil[above] ?? 0);
    const to = Math.min(begin + (duration[row] ?? 0), parentEnd);
    if (to <= from) continue;
    selfTime[above] = Math.max(0, (selfTime[above] ?? 0) - (to - from));
    coveredUntil[above] = to;
  }
  return selfTime;
}
