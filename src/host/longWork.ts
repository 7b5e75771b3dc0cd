import type { Disposable } from '../core/base/disposable.ts';

/** Tells that work takes long, and that it is over: of work that is over soon, showing it would only flicker. */
export class LongWork implements Disposable {
  readonly #patienceMs: number;
  readonly #onChange: (isLong: boolean) => void;
  #waiting: NodeJS.Timeout | undefined;
  #isLong = false;

  constructor(patienceMs: number, onChange: (isLong: boolean) => void) {
    this.#patienceMs = patienceMs;
    this.#onChange = onChange;
  }

  get isLong(): boolean {
    return this.#isLong;
  }

  /** Whether work is under way now. */
  follow(busy: boolean): void {
    if (!busy) this.dispose();
    else if (!this.#isLong) this.#waiting ??= setTimeout(() => this.#tell(true), this.#patienceMs);
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    if (this.#isLong) this.#tell(false);
  }

  #tell(isLong: boolean): void {
    this.#waiting = undefined;
    this.#isLong = isLong;
    this.#onChange(isLong);
  }
}
