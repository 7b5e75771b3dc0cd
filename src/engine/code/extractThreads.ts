import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable.ts';
import type { MessageBundle } from '../../core/base/message.ts';
import type { Log } from '../../core/ports.ts';
import { isOutOfMemory, tookTooLong, tookTooMuch } from '../leftOutFiles.ts';
import { usualPatience, Watchdog, type Patience } from '../watchdog.ts';
import { Whereabouts } from '../whereabouts.ts';
import type { FileState } from './fileStamps.ts';
import type { NoText, SourceRequest } from './readSource.ts';

/** How to start a thread that reads facts. */
export interface ExtractThreadOptions {
  /** The bundled `extractWorker.cjs`, or `extractWorker.ts` under Node's type stripping. */
  readonly workerPath: string;
  readonly messages: MessageBundle;
  /** Default: `usualPatience`. */
  readonly patience?: Patience;
  /** Of each thread; default: five times what the largest files take. */
  readonly maxHeapMegabytes?: number;
}

/** What such a thread is handed. */
export interface ExtractWorkerData extends Pick<ExtractThreadOptions, 'messages'> {
  /** Of the thread's whereabouts. */
  readonly memory: SharedArrayBuffer;
}

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
  /** Leaves out the file that a thread didn't get over. */
  leaveOut(request: SourceRequest, reason: string): void;
}

interface Thread {
  readonly worker: Worker;
  readonly whereabouts: Whereabouts;
  readonly watchdog: Watchdog;
  /** What it was sent, in the order of its answers. */
  readonly sent: (readonly SourceRequest[])[];
  /** What it is sent next. */
  batch: SourceRequest[];
  /** What it didn't get over. */
  lost: { readonly file: string | undefined; readonly reason: string } | undefined;
}

/** A thread takes about 80 MB, and half a second of CPU until it is as fast as this one. */
const maxThreads = 3;
const usualHeapMegabytes = 512;
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
    for (const { worker, watchdog } of this.#threads.splice(0)) {
      watchdog.dispose();
      worker.removeAllListeners('message');
      void worker.terminate();
    }
  }

  #isBusy(): boolean {
    return this.#threads.some(({ sent }) => sent.length > 0);
  }

  #start(options: ExtractThreadOptions): Thread {
    const { workerPath, messages, patience = usualPatience } = options;
    const whereabouts = new Whereabouts();
    const workerData: ExtractWorkerData = { messages, memory: whereabouts.memory };
    const worker = new Worker(workerPath, {
      workerData,
      name: 'spanhop-extract',
      resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMegabytes ?? usualHeapMegabytes },
    });
    const watchdog = new Watchdog({
      whereabouts,
      patience,
      knock: () => undefined,
      onStuck: (file) => {
        this.#log.error('A code-reading thread stopped responding and was ended.');
        thread.lost = { file, reason: tookTooLong(patience) };
        void worker.terminate();
      },
    });
    const thread: Thread = { worker, whereabouts, watchdog, sent: [], batch: [], lost: undefined };
    worker.on('message', (answers: readonly SourceAnswer[]) => {
      watchdog.answered();
      const requests = thread.sent.shift() ?? [];
      for (const [index, request] of requests.entries()) {
        const answer = answers[index];
        if (answer) this.#reader.take(request, answer);
      }
      if (!this.#isBusy()) this.#finished?.();
    });
    worker.on('error', (error) => {
      this.#log.error('A code-reading thread failed; the engine reads the remaining files.', error);
      if (isOutOfMemory(error)) thread.lost = { file: whereabouts.file, reason: tookTooMuch() };
    });
    worker.on('exit', () => {
      const index = this.#threads.indexOf(thread);
      if (index < 0) return;
      this.#threads.splice(index, 1);
      watchdog.dispose();
      this.#handBack(thread);
      if (!this.#isBusy()) this.#finished?.();
    });
    return thread;
  }

  #handBack({ sent, batch, lost }: Thread): void {
    for (const request of [...sent.flat(), ...batch]) {
      if (!lost || request.path !== lost.file) this.#reader.read(request);
      else {
        this.#log.warn(`${request.path}: ${lost.reason}`);
        this.#reader.leaveOut(request, lost.reason);
      }
    }
  }
}

function send(thread: Thread): void {
  thread.worker.postMessage(thread.batch);
  thread.sent.push(thread.batch);
  thread.watchdog.expect();
  thread.batch = [];
}
