import { Worker } from 'node:worker_threads';
import type { Disposable } from '../core/base/disposable.ts';
import type { MessageBundle } from '../core/base/message.ts';
import { isAbort } from '../core/base/sourceError.ts';
import type { Log } from '../core/ports.ts';
import { Rpc } from '../protocol/rpc.ts';
import { engineStopped } from './engineStopped.ts';
import { isOutOfMemory, tookTooLong, tookTooMuch, type LeftOutFiles } from './leftOutFiles.ts';
import type { EngineEvents, EngineMethods, FileChange } from './methods.ts';
import { SetUpCalls } from './setUpCalls.ts';
import { usualPatience, Watchdog, type Patience } from './watchdog.ts';
import { Whereabouts } from './whereabouts.ts';
import type { EngineSigns, EngineWorkerData } from './worker.ts';
import { workerChannel } from './workerChannel.ts';

/** The engine in its thread. Calls settle even when the thread dies: with an error, or from the next thread. */
export interface EngineClient extends Disposable {
  call<K extends keyof EngineMethods>(
    method: K,
    params: Parameters<EngineMethods[K]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<EngineMethods[K]>>>;
}

export interface EngineClientOptions {
  /** The bundled `engineWorker.cjs`, or `worker.ts` under Node's type stripping. */
  readonly workerPath: string;
  /** See `ExtractThreadOptions.workerPath`. */
  readonly extractWorkerPath: string;
  readonly messages: MessageBundle;
  readonly log: Log;
  readonly onEvent: <K extends keyof EngineEvents>(name: K, value: EngineEvents[K]) => void;
  /** Default: `usualPatience`. */
  readonly patience?: Patience;
  /** Of the thread; default: twice what 20,000 files take. */
  readonly maxHeapMegabytes?: number;
}

/**
 * The engine's thread, started with the first call. A thread that dies is replaced at the next call, at most
 * `maxRestarts` times, and gets its source and workspace again. One that is stuck at a file, or has no memory left
 * there, is replaced at once, and the next one leaves that file out until it changes.
 */
export function startEngine(options: EngineClientOptions): EngineClient {
  return new ThreadedEngine(options);
}

const maxRestarts = 5;
/** Files that a thread doesn't get over: with more of them nobody waits for the next. */
const mostLeftOut = 10;
const usualHeapMegabytes = 2_048;
/** What is new in the heap, collected often: with what V8 takes by itself reading a trace needs 120 MB more, and no less time. */
const youngMegabytes = 24;

interface Thread {
  readonly worker: Worker;
  readonly rpc: Rpc<object, EngineMethods, EngineSigns, EngineEvents>;
  readonly whereabouts: Whereabouts;
  readonly watchdog: Watchdog;
  /** What it was told of the thread before. */
  readonly repeated: Map<keyof EngineMethods, Promise<unknown>>;
  /** It didn't get over a file: the next thread answers what this one was asked. */
  isReplaced: boolean;
}

class ThreadedEngine implements EngineClient {
  readonly #options: EngineClientOptions;
  readonly #setUp = new SetUpCalls();
  readonly #leftOut: LeftOutFiles = new Map();
  #thread: Thread | undefined;
  #starts = 0;
  #restarts = 0;
  #replaced = 0;
  #disposed = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  async call<K extends keyof EngineMethods>(
    method: K,
    params: Parameters<EngineMethods[K]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<EngineMethods[K]>>> {
    if (this.#disposed) throw new Error('The engine is closed.');
    let thread = (this.#thread ??= this.#start());
    this.#setUp.take(method, params);
    if (method === 'filesChanged') this.#forgive(params as { changes: readonly FileChange[] });
    let answer = waitedFor(thread, thread.rpc.call(method, params, signal));
    for (;;) {
      try {
        return await answer;
      } catch (error) {
        if (!this.#goesOn(thread, error)) throw error;
      }
      thread = this.#thread ??= this.#start();
      answer = waitedFor(thread, this.#askAgain(thread, method, params, signal));
    }
  }

  dispose(): void {
    this.#disposed = true;
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread) end(thread);
  }

  /** True when the next thread answers what this one did not. */
  #goesOn({ isReplaced }: Thread, error: unknown): boolean {
    return isReplaced && !this.#disposed && !isAbort(error);
  }

  /** What the thread was told already, changed files included, isn't told twice; anything else waits for that. */
  async #askAgain<K extends keyof EngineMethods>(
    { rpc, repeated }: Thread,
    method: K,
    params: Parameters<EngineMethods[K]>[0],
    signal: AbortSignal | undefined,
  ): Promise<Awaited<ReturnType<EngineMethods[K]>>> {
    const told = repeated.get(method === 'filesChanged' ? 'openWorkspace' : method);
    if (told) return (await told) as Awaited<ReturnType<EngineMethods[K]>>;
    await Promise.allSettled(repeated.values());
    return rpc.call(method, params, signal);
  }

  #start(): Thread {
    if (this.#restarts > maxRestarts || this.#replaced > mostLeftOut)
      throw new Error('The engine stopped too often: see the log, then reload the window.');
    const { patience = usualPatience, log, onEvent } = this.#options;
    const whereabouts = new Whereabouts();
    const worker = this.#startWorker(whereabouts);
    const rpc: Thread['rpc'] = new Rpc(workerChannel(worker), {}, onEvent);
    const watchdog = new Watchdog({
      whereabouts,
      patience,
      knock: () => {
        rpc.emit('knock', undefined);
      },
      onStuck: (file) => {
        log.error('The engine stopped responding and is restarting.');
        this.#leaveOut(thread, file, tookTooLong(patience));
        this.#lose(thread);
      },
    });
    const repeated: Thread['repeated'] = new Map();
    const thread: Thread = { worker, rpc, whereabouts, watchdog, repeated, isReplaced: false };
    worker.on('error', (error) => {
      log.error('The engine failed and is restarting.', error);
      if (isOutOfMemory(error)) this.#leaveOut(thread, whereabouts.file, tookTooMuch());
    });
    worker.on('exit', () => {
      this.#lose(thread);
    });
    this.#starts += 1;
    if (this.#starts > 1) this.#repeatSetUp(thread);
    return thread;
  }

  #startWorker({ memory }: Whereabouts): Worker {
    const { workerPath, extractWorkerPath, messages } = this.#options;
    const { maxHeapMegabytes = usualHeapMegabytes } = this.#options;
    const leftOut = [...this.#leftOut];
    const data: EngineWorkerData = { messages, workerPath, extractWorkerPath, memory, leftOut };
    return new Worker(workerPath, {
      workerData: data,
      name: 'spanhop-engine',
      resourceLimits: {
        maxOldGenerationSizeMb: maxHeapMegabytes,
        maxYoungGenerationSizeMb: youngMegabytes,
      },
    });
  }

  /** Without a file, or with one that is left out already, it is something else that the thread didn't get over. */
  #leaveOut(thread: Thread, file: string | undefined, reason: string): void {
    if (file === undefined || this.#leftOut.has(file)) return;
    this.#leftOut.set(file, reason);
    thread.isReplaced = true;
    this.#options.log.warn(`${file}: ${reason}`);
  }

  /** Files that changed are read again. */
  #forgive({ changes }: { readonly changes: readonly FileChange[] }): void {
    for (const { path } of changes) this.#leftOut.delete(path);
  }

  #lose(thread: Thread): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    if (thread.isReplaced) this.#replaced += 1;
    else this.#restarts += 1;
    end(thread, engineStopped());
  }

  #repeatSetUp({ rpc, watchdog, repeated }: Thread): void {
    for (const { method, params } of this.#setUp.all()) {
      const told = waitedFor({ watchdog }, rpc.call(method, params as never));
      repeated.set(method, told);
      told.catch((error: unknown) => {
        this.#options.log.error(`The engine could not repeat ${method}.`, error);
      });
    }
  }
}

/** The answer, with the thread watched until it is there. */
async function waitedFor<T>(
  { watchdog }: Pick<Thread, 'watchdog'>,
  answer: Promise<T>,
): Promise<T> {
  watchdog.expect();
  try {
    return await answer;
  } finally {
    watchdog.answered();
  }
}

function end({ worker, rpc, watchdog }: Thread, reason?: Error): void {
  watchdog.dispose();
  rpc.dispose(reason);
  void worker.terminate();
}
