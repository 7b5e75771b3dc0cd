import type { EndpointLine } from './endpointLines.ts';

/**
 * A row as `--json` gives it, durations in µs. What the source doesn't know is null: `errors` also where only
 * `errorSample` is known. `estimates` has what isn't within 1 %, and where the true one lies; `mixedKinds` the span
 * kinds that are counted together. These three keys are left out where there is nothing to say.
 */
export function endpointJson({ figures, ...line }: EndpointLine): object {
  if (figures === undefined) return line;
  const { count, errors, p50, p95, p99, max, total, estimates, ...rest } = figures;
  const ranges = Object.entries(estimates ?? {}).map(([name, { low, high }]) => [
    name,
    { low: low ?? null, high: high ?? null },
  ]);
  return {
    ...line,
    figures: {
      count,
      errors: errors ?? null,
      p50: p50 ?? null,
      p95: p95 ?? null,
      p99: p99 ?? null,
      max: max ?? null,
      total: total ?? null,
      ...rest,
      ...(ranges.length > 0 && { estimates: Object.fromEntries(ranges) as object }),
    },
  };
}
