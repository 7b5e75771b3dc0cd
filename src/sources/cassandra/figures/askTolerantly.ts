import { message } from '../../../core/base/message.ts';
import { isSourceError } from '../../../core/base/sourceError.ts';
import { inParallel } from '../../search/inParallel.ts';
import { BudgetSpentError } from './readBudget.ts';

/** Questions under way at once: few enough for a cluster that others use. */
const questionsAtOnce = 4;

/**
 * Asks many questions, a few at a time. One that fails leaves the others as they are; none is asked any more once it is
 * late, the budget is spent, or the cluster says that it is busy.
 */
export class Tolerant {
  readonly #isLate: () => boolean;
  readonly #signal: AbortSignal;
  readonly #reasons = new Set<string>();
  #failure: Error | undefined;
  #answered = 0;
  #isStopped = false;
  #overloaded = false;

  constructor(isLate: () => boolean, signal: AbortSignal) {
    this.#isLate = isLate;
    this.#signal = signal;
  }

  /** Why it isn't all. */
  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  /** Answers were late, or refused because of too many questions. */
  get overloaded(): boolean {
    return this.#overloaded;
  }

  /** The first `SourceError` when there were questions, and none was answered. */
  get failure(): Error | undefined {
    return this.#answered === 0 ? this.#failure : undefined;
  }

  async each<Item>(
    items: readonly Item[],
    ask: (item: Item, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    await inParallel(items, questionsAtOnce, this.#signal, async (item, signal) => {
      if (this.#isStopped || this.#stopIfLate()) return;
      try {
        await ask(item, signal);
        this.#answered += 1;
      } catch (error) {
        this.#note(error);
      }
    });
  }

  #stopIfLate(): boolean {
    if (!this.#isLate()) return false;
    this.#stop(message('Incomplete because the database responds slowly.'));
    this.#overloaded = true;
    return true;
  }

  #note(error: unknown): void {
    if (error instanceof BudgetSpentError) {
      this.#stop(message('Incomplete to spare the database. Shorten the time range.'));
      return;
    }
    if (!isSourceError(error)) throw error;
    this.#failure ??= error;
    this.#reasons.add(error.message);
    this.#overloaded ||= error.code === 'busy' || error.code === 'timedOut';
    this.#isStopped ||= error.code === 'busy';
  }

  #stop(reason: string): void {
    this.#isStopped = true;
    this.#reasons.add(reason);
  }
}
