import type { Disposable } from '../core/base/disposable.ts';
import type { Whereabouts } from './whereabouts.ts';

/** How long a thread may stand still before it counts as stuck. */
export interface Patience {
  /** Between two looks. A machine that sleeps looks at nothing, so looks are counted and not time. */
  readonly everyMs: number;
  /** Looks while it is at a file: the slowest takes a second, ten on a busy machine. */
  readonly looksAtFile: number;
  /** Looks while it is at none: a large answer of a backend is read at once. */
  readonly looksElsewhere: number;
}

export const usualPatience: Patience = { everyMs: 1_000, looksAtFile: 20, looksElsewhere: 90 };

export interface WatchdogOptions {
  readonly whereabouts: Whereabouts;
  readonly patience: Patience;
  /** Asks the thread for a sign of life, which its whereabouts show. */
  readonly knock: () => void;
  /** Hears once that the thread is stuck, and at which file. */
  readonly onStuck: (file: string | undefined) => void;
}

/** Watches a thread while answers of it are waited for. */
export class Watchdog implements Disposable {
  readonly #options: WatchdogOptions;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;
  #seen = -1;
  #looks = 0;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** An answer is waited for. */
  expect(): void {
    this.#waiting += 1;
    if (this.#timer) return;
    this.#looks = 0;
    this.#timer = setInterval(this.#look, this.#options.patience.everyMs).unref();
  }

  /** An answer has come, or is not wanted any more. */
  answered(): void {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.dispose();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly #look = () => {
    const { whereabouts, patience, knock, onStuck } = this.#options;
    const { progress, file } = whereabouts;
    this.#looks = progress === this.#seen ? this.#looks + 1 : 0;
    this.#seen = progress;
    const most = file === undefined ? patience.looksElsewhere : patience.looksAtFile;
    if (this.#looks < most) {
      knock();
      return;
    }
    this.dispose();
    onStuck(file);
  };
}
