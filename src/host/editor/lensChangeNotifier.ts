/** After this long without a question it was dropped: an editor that loses the focus does that. In ms. */
const patience = 10_000;

/**
 * Tells VS Code that lenses changed. It asks for them as long after that as the lenses of all extensions took to come
 * so far, and each further word begins that wait anew: while figures change all the time, none would ever be asked
 * for. So nothing is told again before it has asked.
 */
export class LensChangeNotifier {
  readonly #fire: () => void;
  readonly #now: () => number;
  #unanswered: number | undefined;

  /** @param now in ms, of a clock that never goes back. */
  constructor(fire: () => void, now = () => performance.now()) {
    this.#fire = fire;
    this.#now = now;
  }

  tell(): void {
    const now = this.#now();
    if (this.#unanswered !== undefined && now - this.#unanswered < patience) return;
    this.#unanswered = now;
    this.#fire();
  }

  /** VS Code asked: what changes from now on is news again. */
  asked(): void {
    this.#unanswered = undefined;
  }
}
