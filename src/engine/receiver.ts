import { Worker } from 'node:worker_threads';
import type { Disposable } from '../core/base/disposable.ts';
import { message, type MessageBundle } from '../core/base/message.ts';
import type { Log } from '../core/ports.ts';
import {
  stopMessage,
  type ReceivedSpans,
  type ReceiverReport,
  type ReceiverState,
  type ReceiverWorkerOptions,
} from '../sources/local/receiverMessages.ts';

export { endpointAt, isEveryAddress, otherMachinesHost } from '../sources/local/listenAddresses.ts';
export type { ReceivedSpans, ReceiverState };

export interface ReceiverOptions {
  /** `dist/receiverWorker.cjs`, or `src/sources/local/receiverWorker.ts` under Node's type stripping. */
  readonly workerPath: string | URL;
  /** Made with its folder when absent. */
  readonly databasePath: string;
  /** OTLP's is 4318; 0: any free one, told by the state. */
  readonly port: number;
  /** Where to listen beside loopback, as `spanhop.localStore.host` has it: an IP address, `0.0.0.0` for every one. */
  readonly host: string;
  /** What the store may take on disk: the oldest traces make room. */
  readonly maxBytes: number;
  readonly maxAgeHours: number;
  readonly log: Log;
  /** Translations for the states' sentences. */
  readonly messages?: MessageBundle;
  readonly onState: (state: ReceiverState) => void;
  /** Something the user has to know of, once: a store that was damaged got another name. */
  readonly onNotice: (sentence: string) => void;
  /** At most once a second, when spans arrived in this window or the one that has the port. */
  readonly onSpans: (received: ReceivedSpans) => void;
}

export interface RunningReceiver extends Disposable {
  /** Once it is disposed and its port is free. */
  readonly ended: Promise<undefined>;
}

/** A worker that dies is started again after this long, in ms. */
const restartAfter = 5_000;
/** Time for open transactions before the worker is ended, in ms. */
const stopPatience = 3_000;
/** A worker beyond this is ended by Node and started again; the host isn't touched. */
const maxHeapMegabytes = 768;

/**
 * Receives OTLP in a worker thread into the store that `openLocalSource` reads. One process has the port;
 * others with the same store share it and take over. Runs in the extension host and in plain Node.
 */
export function startReceiver(options: ReceiverOptions): RunningReceiver {
  const { log, onState, onNotice, onSpans } = options;
  let disposed = false;
  let restart: NodeJS.Timeout | undefined;
  const ended = Promise.withResolvers<undefined>();
  let worker: Worker | undefined = start();

  function start(): Worker {
    const { databasePath, port, host, maxBytes, maxAgeHours, messages = {} } = options;
    const workerData: ReceiverWorkerOptions = {
      databasePath,
      port,
      host,
      maxBytes,
      maxAgeHours,
      messages,
    };
    const started = new Worker(options.workerPath, {
      workerData,
      name: 'spanhop-receiver',
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    started.on('message', onReport);
    started.on('error', (error) => log.error('The receiver failed.', error));
    started.on('exit', onExit);
    return started;
  }

  function onReport(report: ReceiverReport): void {
    if (report.kind === 'state') onState(report.state);
    else if (report.kind === 'notice') {
      log.warn(`receiver: ${report.message}`);
      onNotice(report.message);
    } else if (report.kind === 'log') log[report.level](`receiver: ${report.message}`);
    else if (!disposed) onSpans(report.received);
  }

  function onExit(): void {
    worker = undefined;
    if (disposed) {
      ended.resolve(undefined);
      return;
    }
    onState({
      kind: 'failed',
      message: message('The trace receiver stopped and is restarting. See the log for details.'),
    });
    restart = setTimeout(() => (worker = start()), restartAfter);
  }

  return {
    ended: ended.promise,
    dispose() {
      if (disposed) return;
      disposed = true;
      clearTimeout(restart);
      const stopping = worker;
      if (stopping === undefined) {
        ended.resolve(undefined);
        return;
      }
      stopping.postMessage(stopMessage);
      const impatience = setTimeout(() => void stopping.terminate(), stopPatience);
      stopping.once('exit', () => clearTimeout(impatience));
    },
  };
}
