/**
 * One run of `work` for all who ask while it is under way. A caller that aborts leaves alone; the work
 * itself is aborted only when nobody waits any more.
 */
export class SharedWork<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>;
  #running: { result: Promise<T>; controller: AbortController; waiting: number } | undefined;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const running = (this.#running ??= this.#start());
    running.waiting += 1;
    try {
      return await raceWithAbort(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0 && this.#running === running) {
        this.#running = undefined;
        running.controller.abort();
      }
    }
  }

  #start() {
    const controller = new AbortController();
    const running = { result: this.#work(controller.signal), controller, waiting: 0 };
    const forget = () => {
      if (this.#running === running) this.#running = undefined;
    };
    running.result.then(forget, forget);
    return running;
  }
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as it aborts. */
function raceWithAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('Cancelled.'));
    };
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
