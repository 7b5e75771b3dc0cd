import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable.ts';
import type { MessageBundle } from '../../core/base/message.ts';
import type { Log } from '../../core/ports.ts';
import type { FileState } from './fileStamps.ts';
import type { NoText, SourceRequest } from './readSource.ts';

/** How to start a thread that reads facts. */
export interface ExtractThreadOptions {
  /** The bundled `extractWorker.cjs`, or `extractWorker.ts` under Node's type stripping. */
  readonly workerPath: string;
  readonly messages: MessageBundle;
}

/** What such a thread is handed. */
export type ExtractWorkerData = Pick<ExtractThreadOptions, 'messages'>;

/** What a thread says of a source file. */
export type SourceAnswer =
  | NoText
  | {
      readonly kind: 'facts';
      readonly key: string;
      readonly state: FileState | undefined;
      /** As `writeFacts` writes them; undefined: the file doesn't matter. */
      readonly facts: readonly string[] | undefined;
    };

/** Whoever wants the facts. */
export interface FactsReader {
  take(request: SourceRequest, answer: SourceAnswer): void;
  /** Reads what a thread that died has left. */
  read(request: SourceRequest): void;
}

interface Thread {
  readonly worker: Worker;
  /** What it was sent, in the order of its answers. */
  readonly sent: (readonly SourceRequest[])[];
  /** What it is sent next. */
  batch: SourceRequest[];
}

/** A thread takes about 80 MB, and half a second of CPU until it is as fast as this one. */
const maxThreads = 3;
/** Files of one message: waking a thread takes as long as reading a small one. */
const batchSize = 8;
/** What waits for a thread, so that it never waits for this one. */
const maxSent = 3;

/** Threads that read facts of many files, one for each core but this thread's; they live as long as that takes. */
export class ExtractThreads implements Disposable {
  readonly #log: Log;
  readonly #reader: FactsReader;
  readonly #threads: Thread[];
  #finished: (() => void) | undefined;

  constructor(options: ExtractThreadOptions, log: Log, reader: FactsReader) {
    this.#log = log;
    this.#reader = reader;
    const count = Math.min(maxThreads, availableParallelism() - 1);
    this.#threads = Array.from({ length: count }, () => this.#start(options));
  }

  /** Hands a file to a thread; false when all of them have enough to do. @param isLarge is sent at once, and may wait. */
  offer(request: SourceRequest, isLarge = false): boolean {
    const most = isLarge ? Infinity : maxSent;
    const thread = this.#threads.find(({ sent }) => sent.length < most);
    if (!thread) return false;
    thread.batch.push(request);
    if (isLarge || thread.batch.length === batchSize) send(thread);
    return true;
  }

  /** Ends when all that was handed over is taken. */
  async finish(): Promise<void> {
    for (const thread of this.#threads) if (thread.batch.length > 0) send(thread);
    if (!this.#isBusy()) return;
    await new Promise<void>((finished) => {
      this.#finished = finished;
    });
  }

  dispose(): void {
    for (const { worker } of this.#threads.splice(0)) {
      worker.removeAllListeners('message');
      void worker.terminate();
    }
  }

  #isBusy(): boolean {
    return this.#threads.some(({ sent }) => sent.length > 0);
  }

  #start({ workerPath, messages }: ExtractThreadOptions): Thread {
    const workerData: ExtractWorkerData = { messages };
    const worker = new Worker(workerPath, { workerData, name: 'spanhop-extract' });
    const thread: Thread = { worker, sent: [], batch: [] };
    worker.on('message', (answers: readonly SourceAnswer[]) => {
      const requests = thread.sent.shift() ?? [];
      for (const [index, request] of requests.entries()) {
        const answer = answers[index];
        if (answer) this.#reader.take(request, answer);
      }
      if (!this.#isBusy()) this.#finished?.();
    });
    worker.on('error', (error) => {
      this.#log.error('A thread that reads code failed: the engine reads what is left.', error);
    });
    worker.on('exit', () => {
      const index = this.#threads.indexOf(thread);
      if (index < 0) return;
      this.#threads.splice(index, 1);
      for (const request of [...thread.sent.flat(), ...thread.batch]) this.#reader.read(request);
      if (!this.#isBusy()) this.#finished?.();
    });
    return thread;
  }
}

function send(thread: Thread): void {
  thread.worker.postMessage(thread.batch);
  thread.sent.push(thread.batch);
  thread.batch = [];
}
