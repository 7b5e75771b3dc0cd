import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';

/**
 * What `read` answers once `isThere` holds of it, asking again until it does; a question that fails
 * counts as not there. The last answer or failure is in the error after `timeoutMs`, and in its text.
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
  timeoutMs = 10_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    let last: unknown;
    try {
      const value = await read();
      if (isThere(value)) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end)
      throw new Error(`${what}: not there after ${String(timeoutMs)} ms; last: ${shown(last)}`, {
        cause: last,
      });
    await wait(50);
  }
}

const shown = (last: unknown): string =>
  (last instanceof Error ? last.message : inspect(last, { depth: 3 })).slice(0, 500);
