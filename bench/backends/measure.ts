import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What it comes to, and what it took. */
export interface Measured<T> {
  readonly value: T;
  readonly seconds: number;
  /** More than before of the heap and of buffers at its fullest, rubbish not cleared up yet included. */
  readonly memoryMb: number;
}

const sampleMs = 20;

export async function measured<T>(work: () => Promise<T>): Promise<Measured<T>> {
  collectGarbage();
  const before = inUse();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, inUse());
  }, sampleMs);
  const began = performance.now();
  try {
    const value = await work();
    most = Math.max(most, inUse());
    return {
      value,
      seconds: (performance.now() - began) / 1_000,
      memoryMb: (most - before) / 1e6,
    };
  } finally {
    clearInterval(sampling);
  }
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What was measured before it isn't counted. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
