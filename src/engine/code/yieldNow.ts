import { setImmediate } from 'node:timers/promises';

/** Lets other work of the thread run. */
export async function yieldNow(): Promise<void> {
  await setImmediate();
}

/** Yields when the thread has been held for longer than a frame allows. */
export class TimeSlicer {
  #since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.#since < 8) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
