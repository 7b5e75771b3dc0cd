import { Worker } from 'node:worker_threads';
import type { Disposable } from '../core/base/disposable.ts';
import type { MessageBundle } from '../core/base/message.ts';
import type { Log } from '../core/ports.ts';
import { Rpc } from '../protocol/rpc.ts';
import type { EngineEvents, EngineMethods } from './methods.ts';
import type { EngineWorkerData } from './worker.ts';
import { workerChannel } from './workerChannel.ts';

/** The engine in its thread. Calls settle even when the thread dies: with an error. */
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
}

/** Calls that set the engine up: repeated, in this order, on a thread that replaces a dead one. */
const setUpMethods = ['openSource', 'openWorkspace'] as const satisfies (keyof EngineMethods)[];

/**
 * The engine's thread, started with the first call. A thread that dies is replaced at the next call, at
 * most `maxRestarts` times, and gets its source and workspace again.
 */
export function startEngine(options: EngineClientOptions): EngineClient {
  return new ThreadedEngine(options);
}

const maxRestarts = 5;

class ThreadedEngine implements EngineClient {
  readonly #options: EngineClientOptions;
  readonly #setUp = new Map<keyof EngineMethods, unknown>();
  #thread: { worker: Worker; rpc: Rpc<object, EngineMethods, object, EngineEvents> } | undefined;
  #restarts = 0;
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
    const thread = (this.#thread ??= this.#start());
    if (setUpMethods.some((name) => name === method)) this.#setUp.set(method, params);
    return thread.rpc.call(method, params, signal);
  }

  dispose(): void {
    this.#disposed = true;
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.rpc.dispose();
    void thread?.worker.terminate();
  }

  #start() {
    if (this.#restarts > maxRestarts)
      throw new Error('The engine stopped too often: see the log, then reload the window.');
    const { workerPath, extractWorkerPath, messages, log, onEvent } = this.#options;
    const workerData: EngineWorkerData = { messages, workerPath, extractWorkerPath };
    const worker = new Worker(workerPath, { workerData, name: 'spanhop-engine' });
    const rpc = new Rpc<object, EngineMethods, object, EngineEvents>(
      workerChannel(worker),
      {},
      onEvent,
    );
    const thread = { worker, rpc };
    worker.on('error', (error) => {
      log.error('The engine failed and will start again with the next request.', error);
    });
    worker.on('exit', () => {
      rpc.dispose();
      if (this.#thread === thread) this.#thread = undefined;
      this.#restarts += 1;
    });
    if (this.#restarts > 0) this.#repeatSetUp(rpc);
    return thread;
  }

  #repeatSetUp(rpc: Rpc<object, EngineMethods, object, EngineEvents>): void {
    for (const method of setUpMethods) {
      const params = this.#setUp.get(method);
      if (params === undefined) continue;
      rpc.call(method, params as never).catch((error: unknown) => {
        this.#options.log.error(`The engine could not repeat ${method}.`, error);
      });
    }
  }
}
