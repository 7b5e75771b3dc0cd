import { isSourceError, type SourceErrorCode } from '../../core/base/sourceError.ts';
import { inParallel } from './inParallel.ts';

/** Questions under way at once: enough to hide the network, few enough for a server that others use. */
const questionsAtOnce = 4;

/** Errors that are the server's whatever it is asked; the others are of what was asked for, or will pass. */
const serverErrors: ReadonlySet<SourceErrorCode> = new Set([
  'unreachable',
  'unauthorized',
  'unsupported',
  'notFound',
]);

/** Thrown by a question: no further one is asked. Its message is the sentence why it isn't all. */
export class EnoughAskedError extends Error {
  override readonly name = 'EnoughAskedError';
}

export interface TolerantOptions {
  /** From when it holds, no further question is asked. */
  readonly isLate: () => boolean;
  /** The sentence for it. */
  readonly lateReason: string;
  readonly signal: AbortSignal;
}

/**
 * Asks many questions, a few at a time. One that fails leaves the others as they are; none is asked any more once it is
 * late, one says that it is enough, or the server says that it is busy, has gone away or refuses them all.
 */
export class Tolerant {
  readonly #options: TolerantOptions;
  readonly #reasons = new Set<string>();
  #failure: Error | undefined;
  #refusedInARow = 0;
  #isRefused = false;
  #answered = 0;
  #isStopped = false;
  #overloaded = false;

  constructor(options: TolerantOptions) {
    this.#options = options;
  }

  /** Why it isn't all. */
  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  /** Answers were late, or refused because of too many questions. */
  get overloaded(): boolean {
    return this.#overloaded;
  }

  /**
   * A `SourceError` when there were questions and none was answered, or none any more: what was answered until then would
   * stand for all there is.
   */
  get failure(): Error | undefined {
    return this.#answered === 0 || this.#isRefused ? this.#failure : undefined;
  }

  async each<Item>(
    items: readonly Item[],
    ask: (item: Item, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    await inParallel(items, questionsAtOnce, this.#options.signal, async (item, signal) => {
      if (this.#isStopped || this.#stopIfLate()) return;
      try {
        await ask(item, signal);
        this.#answered += 1;
        this.#refusedInARow = 0;
      } catch (error) {
        this.#note(error, Math.min(questionsAtOnce, items.length));
      }
    });
  }

  #stopIfLate(): boolean {
    const { isLate, lateReason } = this.#options;
    if (!isLate()) return false;
    this.#stop(lateReason);
    this.#overloaded = true;
    return true;
  }

  #note(error: unknown, enoughInARow: number): void {
    if (error instanceof EnoughAskedError) {
      this.#stop(error.message);
      return;
    }
    if (!isSourceError(error)) throw error;
    this.#failure ??= error;
    this.#reasons.add(error.message);
    this.#overloaded ||= error.code === 'busy' || error.code === 'timedOut';
    this.#isStopped ||= error.code === 'busy';
    this.#refusedInARow = serverErrors.has(error.code) ? this.#refusedInARow + 1 : 0;
    if (this.#refusedInARow < enoughInARow) return;
    this.#failure = error;
    this.#isRefused = this.#isStopped = true;
  }

  #stop(reason: string): void {
    this.#isStopped = true;
    this.#reasons.add(reason);
  }
}
