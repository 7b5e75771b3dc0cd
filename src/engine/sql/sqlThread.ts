import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable.ts';
import type { MarkedText } from '../../core/base/markedText.ts';
import type { SqlDialect } from '../../core/waterfall/details/sqlStatement.ts';

export interface SqlQuestion {
  readonly statement: string;
  readonly dialect: SqlDialect;
}

export interface SqlAnswer {
  readonly marked: MarkedText;
  /** False: with its colors, not yet on lines. */
  readonly isLast: boolean;
}

/** A statement of 100 kB takes half a second; hostile ones of 10 kB take minutes. */
const longestMs = 1_000;
/** Far beyond what the time limit lets a grammar take: a thread that reaches it may take its process along. */
const mostMemoryMb = 2_048;

/**
 * Lays out and colors SQL in a thread of its own, one statement at a time. The libraries can't be stopped: a thread
 * that takes too long is ended, and the next question starts another.
 */
export class SqlThread implements Disposable {
  readonly #workerPath: string;
  readonly #longestMs: number;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param workerPath the bundled `sqlWorker.cjs`, or `sqlWorker.ts` under Node's type stripping */
  constructor(workerPath: string, limitMs = longestMs) {
    this.#workerPath = workerPath;
    this.#longestMs = limitMs;
  }

  /** The statement on lines, or only colored where it takes too long; undefined where even that does. */
  async format(question: SqlQuestion, signal: AbortSignal): Promise<MarkedText | undefined> {
    const mine = this.#last.then(() => {
      signal.throwIfAborted();
      return this.#ask(question, signal);
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  dispose(): void {
    this.#end();
  }

  #ask(question: SqlQuestion, signal: AbortSignal): Promise<MarkedText | undefined> {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      let best: MarkedText | undefined;
      const settle = (settled: () => void, keep: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        if (!keep) this.#end();
        settled();
      };
      const give = (keep: boolean) => {
        settle(() => resolve(best), keep);
      };
      const onMessage = ({ marked, isLast }: SqlAnswer) => {
        best = marked;
        if (isLast) give(true);
      };
      const onEnd = () => give(false); // Out of memory, or a fault of the libraries.
      const onAbort = () => {
        settle(() => reject(signal.reason as Error), false);
      };
      const timer = setTimeout(() => give(false), this.#longestMs);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      worker.postMessage(question);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#workerPath, {
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    });
    worker.unref();
    return worker;
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.on('error', () => undefined); // it is on its way out
    void worker?.terminate();
  }
}
