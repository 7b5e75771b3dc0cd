import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { Log, TraceSummary } from '../../core/ports.ts';
import { mayGrow, pauseAfterArrival } from '../../core/trace/growth.ts';

export interface GrowingTracesOptions {
  /** Those that were found last. */
  readonly found: () => readonly TraceSummary[];
  /** Asks again for as many as were found. */
  readonly ask: (signal: AbortSignal) => Promise<readonly TraceSummary[]>;
  /** The same traces in the same order, some of them with more spans, so that they may take longer than was asked for. */
  readonly show: (found: readonly TraceSummary[]) => void;
  /** There are others than those that were found, or it isn't known. */
  readonly outdate: () => void;
  readonly log: Log;
}

/**
 * Brings up to date what is said of traces that were still arriving when they were found: the root, after which a trace is
 * called, often comes last.
 */
export class GrowingTraces implements Disposable {
  readonly #options: GrowingTracesOptions;
  #timer: NodeJS.Timeout | undefined;
  /** Undefined: nothing is asked for now. */
  #asking: AbortController | undefined;
  #arrivedMeanwhile = false;
  #askMs = 0;

  constructor(options: GrowingTracesOptions) {
    this.#options = options;
  }

  /** The spans may be of traces that were found, or of others: looks where any of the former may grow. */
  spansArrived(): void {
    this.#arrivedMeanwhile = this.#asking !== undefined;
    if (this.#asking) return;
    const now = epochFromMilliseconds(Date.now());
    if (!this.#options.found().some((trace) => mayGrow(trace, now))) this.#options.outdate();
    else this.#timer ??= setTimeout(() => void this.#update(), pauseAfterArrival(this.#askMs));
  }

  /** Others are about to be found. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
  }

  dispose(): void {
    this.stop();
  }

  async #update(): Promise<void> {
    const { ask, found, show, outdate, log } = this.#options;
    this.#timer = undefined;
    const asking = new AbortController();
    this.#asking = asking;
    const began = Date.now();
    try {
      const now = new Map((await ask(asking.signal)).map((trace) => [trace.traceId, trace]));
      if (this.#asking !== asking) return;
      const before = found();
      const after = before.map((trace) => now.get(trace.traceId) ?? trace);
      if (after.some(({ spanCount }, at) => spanCount !== before[at]?.spanCount)) show(after);
      for (const { traceId } of before) now.delete(traceId);
      if (now.size > 0) outdate();
    } catch (error) {
      if (this.#asking !== asking) return;
      if (!isAbort(error)) log.warn(`Growing traces were not read: ${String(error)}`);
      outdate();
    }
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    this.#askMs = Date.now() - began;
    if (this.#arrivedMeanwhile) this.spansArrived();
  }
}
