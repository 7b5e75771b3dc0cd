import type { Disposable } from '../../core/base/disposable.ts';
import { restAfterReading } from '../../core/trace/growth.ts';

/** Whoever writes a file does so in several steps. */
const quietMs = 300;
/** A file that is never quiet, as one that a collector writes, is read all the same. */
const longestMs = 2_000;

/**
 * Reads a file that changes: once it is quiet or has been noisy for long, never twice at once, and a large one not all the
 * time.
 */
export class CalmReading implements Disposable {
  readonly #read: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** When it changed first since it was read last, as `Date.now()`. */
  #changedAt: number | undefined;
  #notBefore = 0;
  #isReading = false;
  #isDisposed = false;

  /** @param read never rejects */
  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  changed(): void {
    this.#changedAt ??= Date.now();
    this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#changedAt === undefined || this.#isReading || this.#isDisposed) return;
    const now = Date.now();
    const quiet = Math.min(now + quietMs, this.#changedAt + longestMs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), Math.max(quiet, this.#notBefore) - now);
  }

  async #run(): Promise<void> {
    const began = Date.now();
    this.#changedAt = undefined;
    this.#isReading = true;
    await this.#read();
    this.#isReading = false;
    this.#notBefore = Date.now() + restAfterReading(Date.now() - began);
    this.#schedule();
  }
}
