import { elapsed, type Microseconds } from '../core/base/units.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import type { FiguresAnswer, TraceSource } from '../core/ports.ts';
import { SharedWork } from './sharedWork.ts';

interface Reading {
  /** Of the latest caller. */
  window: TimeWindow;
  readonly work: SharedWork<FiguresAnswer>;
}

/**
 * The figures last read from a source. However many views wait, the source is asked once per length of
 * window; a failed reading leaves the last answer in place.
 */
export class FiguresReader {
  readonly #source: TraceSource;
  readonly #readings = new Map<Microseconds, Reading>();
  #last: FiguresAnswer | undefined;
  #lastMs = 0;

  constructor(source: TraceSource) {
    this.#source = source;
  }

  get last(): FiguresAnswer | undefined {
    return this.#last;
  }

  /** How long the source took for the last answer, in ms. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** The answer kept for a window of that length, or a new one when there is none or `refresh` asks. */
  async read(window: TimeWindow, refresh: boolean, signal: AbortSignal): Promise<FiguresAnswer> {
    const length = elapsed(window.start, window.end);
    const last = this.#last;
    if (!refresh && last && elapsed(last.window.start, last.window.end) === length) return last;
    return this.#reading(window, length).join(signal);
  }

  #reading(window: TimeWindow, length: Microseconds): SharedWork<FiguresAnswer> {
    const reading = this.#readings.get(length);
    if (reading) {
      reading.window = window;
      return reading.work;
    }
    const fresh: Reading = {
      window,
      work: new SharedWork((signal) => this.#ask(fresh.window, signal)),
    };
    this.#readings.set(length, fresh);
    return fresh.work;
  }

  async #ask(window: TimeWindow, signal: AbortSignal): Promise<FiguresAnswer> {
    const began = performance.now();
    const answer = await this.#source.figures(window, signal);
    if (signal.aborted) return answer;
    this.#last = answer;
    this.#lastMs = performance.now() - began;
    return answer;
  }
}
