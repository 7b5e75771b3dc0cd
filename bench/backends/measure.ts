/** What it comes to, and what it took. */
export interface Measured<T> {
  readonly value: T;
  readonly seconds: number;
  /** More of the heap in use at its end, MB. */
  readonly heapMb: number;
}

export async function measured<T>(work: () => Promise<T>): Promise<Measured<T>> {
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const began = performance.now();
  const value = await work();
  const seconds = (performance.now() - began) / 1_000;
  return { value, seconds, heapMb: (process.memoryUsage().heapUsed - heap) / 1e6 };
}

export const shown = ({ seconds, heapMb }: Measured<unknown>): string =>
  `${seconds.toFixed(1)} s, ${heapMb.toFixed(0)} MB of heap`;

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
