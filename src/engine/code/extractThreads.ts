import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable.ts';
import type { MessageBundle } from '../../core/base/message.ts';
import { extractFacts } from '../../core/code/extractFacts.ts';
import type { FileFacts } from '../../core/code/facts.ts';
import type { Log } from '../../core/ports.ts';

/** How to start a thread that reads facts. */
export interface ExtractThreadOptions {
  /** The bundled `extractWorker.cjs`, or `extractWorker.ts` under Node's type stripping. */
  readonly workerPath: string;
  readonly messages: MessageBundle;
}

/** What such a thread is handed. */
export type ExtractWorkerData = Pick<ExtractThreadOptions, 'messages'>;

export interface ExtractRequest {
  readonly id: number;
  readonly path: string;
  readonly text: string;
}

export interface ExtractAnswer {
  readonly id: number;
  /** `FileFacts` as JSON. */
  readonly facts: string;
}

interface Thread {
  readonly worker: Worker;
  readonly open: Map<
    number,
    { readonly request: ExtractRequest; readonly settle: (facts: FileFacts) => void }
  >;
}

/** A thread takes about 80 MB, and half a second of CPU until it is as fast as this one. */
const maxThreads = 3;
/** What waits for a thread, so that it never waits for this one. */
const queueLength = 6;
/** This thread reads smaller files only: it must be free again within some milliseconds. */
const maxOwnLength = 50_000;

/**
 * Reads facts of many files at once: on threads that live as long as that takes, one for each core but this thread's,
 * and on this one too while they have enough to do. What a thread that dies leaves is read here.
 */
export class ExtractThreads implements Disposable {
  readonly #log: Log;
  readonly #threads: Thread[];
  #lastId = 0;

  constructor(options: ExtractThreadOptions, log: Log) {
    this.#log = log;
    const count = Math.min(maxThreads, availableParallelism() - 1);
    this.#threads = Array.from({ length: count }, () => this.#start(options));
  }

  extract(path: string, text: string): Promise<FileFacts> {
    const thread = this.#threads.toSorted((a, b) => a.open.size - b.open.size)[0];
    const isOwn = !thread || (thread.open.size >= queueLength && text.length <= maxOwnLength);
    if (isOwn) return Promise.resolve(extractFacts(path, text));
    const request: ExtractRequest = { id: (this.#lastId += 1), path, text };
    return new Promise((settle) => {
      thread.open.set(request.id, { request, settle });
      thread.worker.postMessage(request);
    });
  }

  dispose(): void {
    for (const { worker } of this.#threads.splice(0)) void worker.terminate();
  }

  #start({ workerPath, messages }: ExtractThreadOptions): Thread {
    const workerData: ExtractWorkerData = { messages };
    const worker = new Worker(workerPath, { workerData, name: 'spanhop-extract' });
    const thread: Thread = { worker, open: new Map() };
    worker.on('message', ({ id, facts }: ExtractAnswer) => {
      const asked = thread.open.get(id);
      thread.open.delete(id);
      asked?.settle(JSON.parse(facts) as FileFacts);
    });
    worker.on('error', (error) => {
      this.#log.error('A thread that reads code failed: the engine reads what is left.', error);
    });
    worker.on('exit', () => {
      const index = this.#threads.indexOf(thread);
      if (index >= 0) this.#threads.splice(index, 1);
      for (const { request, settle } of thread.open.values()) {
        settle(extractFacts(request.path, request.text));
      }
    });
    return thread;
  }
}
