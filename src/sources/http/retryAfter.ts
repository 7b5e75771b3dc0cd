/** When a server that is busy (429, 503) wants to be asked again, in seconds from now; undefined: it doesn't say. */
export function retryAfter(status: number, header: unknown, now: number): number | undefined {
  if ((status !== 429 && status !== 503) || typeof header !== 'string') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - now) / 1_000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
