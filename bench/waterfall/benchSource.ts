/** How the bench reads its Jaeger: with time and room for a million spans. */
export const benchSource = (url: string) =>
  ({
    kind: 'jaeger',
    url,
    headers: {},
    timeoutMs: 120_000,
    maxBytes: 2_000_000_000,
    sampleSize: 100,
  }) as const;
