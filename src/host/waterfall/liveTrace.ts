import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { Log } from '../../core/ports.ts';
import {
  mayGrow,
  pauseAfterArrival,
  pauseBeforeReading,
  quietAfterMs,
} from '../../core/trace/growth.ts';
import type { TraceShape } from '../../core/trace/trace.ts';
import type { Growth } from '../../protocol/waterfall.ts';

export interface LiveTraceOptions {
  /** Reads the trace again and shows what is new. @returns whether it has grown */
  readonly read: (signal: AbortSignal) => Promise<boolean>;
  /** Whether the source tells when spans arrive; others are asked. */
  readonly isTold: () => boolean;
  readonly show: (growth: Growth) => void;
  readonly log: Log;
}

/** Keeps a page's trace up to date while more of it may arrive. */
export class LiveTrace implements Disposable {
  readonly #options: LiveTraceOptions;
  #reading = new AbortController();
  #growth: Growth = 'none';
  #grewAt = 0;
  #readMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer is due. */
  #dueAt = Infinity;
  #arrivedAt = -Infinity;

  constructor(options: LiveTraceOptions) {
    this.#options = options;
  }

  /**
   * The page was given its trace.
   * @param readSince when reading it began, as `Date.now()`: what arrived from then on may not be in it
   */
  opened(shape: TraceShape, readSince: number): void {
    this.stop();
    if (!mayGrow(shape, epochFromMilliseconds(Date.now()))) return;
    this.#begin();
    if (this.#arrivedAt >= readSince) this.#readSoon();
    else this.#wait();
  }

  /** Reads it at once, for what arrived unseen, and follows it for as long as it grows. */
  follow(): void {
    this.#begin();
    this.#clear();
    void this.#readAgain();
  }

  #begin(): void {
    this.#grewAt = Date.now();
    this.#set('receiving');
  }

  /** The page is gone or hidden. */
  stop(): void {
    this.#growth = 'none';
    this.#clear();
    this.#reading.abort();
    this.#reading = new AbortController();
  }

  /** Spans arrived in the source, of this trace or another. */
  spansArrived(): void {
    if (!this.#options.isTold()) return;
    this.#arrivedAt = Date.now();
    if (this.#growth === 'receiving') this.#readSoon();
  }

  dispose(): void {
    this.stop();
  }

  async #readAgain(): Promise<void> {
    const { signal } = this.#reading;
    const began = Date.now();
    try {
      if (await this.#options.read(signal)) this.#grewAt = Date.now();
    } catch (error) {
      // The source may be back by the next time.
      if (!isAbort(error)) this.#options.log.warn(`A growing trace was not read: ${String(error)}`);
    }
    this.#readMs = Date.now() - began;
    if (!signal.aborted) this.#wait();
  }

  /** Until it is read again, or is quiet for long enough. */
  #wait(): void {
    const quietMs = Date.now() - this.#grewAt;
    const left = quietAfterMs - quietMs;
    if (left <= 0) {
      if (this.#dueAt < Infinity) return; // spans arrived while it was being read
      this.#clear();
      this.#set('stopped');
    } else if (this.#options.isTold()) this.#scheduleNoLater(left, () => this.#wait());
    else {
      const pause = pauseBeforeReading(quietMs, this.#readMs);
      this.#schedule(pause, () => void this.#readAgain());
    }
  }

  #readSoon(): void {
    this.#scheduleNoLater(pauseAfterArrival(this.#readMs), () => void this.#readAgain());
  }

  /** What is due sooner stays so: spans that arrived while the trace was being read. */
  #scheduleNoLater(pauseMs: number, run: () => void): void {
    if (Date.now() + pauseMs < this.#dueAt) this.#schedule(pauseMs, run);
  }

  #schedule(pauseMs: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#dueAt = Date.now() + pauseMs;
    this.#timer = setTimeout(() => {
      this.#dueAt = Infinity;
      run();
    }, pauseMs);
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Infinity;
  }

  #set(growth: Growth): void {
    if (growth === this.#growth) return;
    this.#growth = growth;
    this.#options.show(growth);
  }
}
