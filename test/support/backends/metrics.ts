/** What a server says to Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format. */
export async function metricsAt(address: string): Promise<string> {
  return (await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
}

/** The values of all metrics of that name together, whatever their labels. */
export function sumOf(metrics: string, name: RegExp): number {
  return metrics
    .split('\n')
    .map((line) => /^(\w+)(?:\{.*\})? (\S+)/.exec(line) ?? [])
    .filter(([, called]) => called !== undefined && name.test(called))
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}
