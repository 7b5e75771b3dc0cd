/** How a reading of figures went. */
export interface EndedReading {
  /** How long the source took. */
  readonly readMs: number;
  /** The source was too slow or too busy to answer all of it. */
  readonly overloaded: boolean;
  /** How long the source wants to be left alone. */
  readonly restMs: number;
}

/** A reading that takes less than this is no burden. */
const longMs = 5_000;
/** A source that answers is kept busy for a tenth of the time at most. */
const restPerWork = 9;
/** Not worth a word: figures are read every thirty seconds unless set otherwise. */
const shortRestMs = 30_000;
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

/**
 * When figures may be read again by the clock: a slow source is given nine times as long as it took, one
 * that is overloaded a minute, then twice as long with each time in a row, any as long as it asks for. Reading on
 * demand needn't ask.
 */
export class RefreshPace {
  readonly #firstPauseMs: number;
  #overloadedInARow = 0;
  #dueAt = 0;

  /** @param pauseMs after the first overload in a row, in ms */
  constructor(pauseMs = firstPauseMs) {
    this.#firstPauseMs = pauseMs;
  }

  /** @param now in ms. @returns the pause, in ms; 0 where there is none to speak of */
  ended({ readMs, overloaded, restMs }: EndedReading, now: number): number {
    this.#overloadedInARow = overloaded ? this.#overloadedInARow + 1 : 0;
    const forOverload = overloaded ? this.#firstPauseMs * 2 ** (this.#overloadedInARow - 1) : 0;
    const forTime = readMs < longMs ? 0 : readMs * restPerWork;
    const pause = Math.min(longestPauseMs, Math.max(forOverload, forTime, restMs));
    this.#dueAt = now + pause;
    return pause > restMs || restMs > shortRestMs ? pause : 0;
  }

  isDue(now: number): boolean {
    return now >= this.#dueAt;
  }

  /** For another source: nothing is known of it. */
  reset(): void {
    this.#overloadedInARow = 0;
    this.#dueAt = 0;
  }
}
