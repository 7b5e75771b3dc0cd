import { parentPort, workerData } from 'node:worker_threads';
import { useMessages } from '../../core/base/message.ts';
import { runReceiver } from './receiver.ts';
import {
  stopMessage,
  type ReceiverReport,
  type ReceiverWorkerOptions,
} from './receiverMessages.ts';

/** The receiver in a thread of its own; `src/engine/receiver.ts` starts it. */
if (parentPort === null) throw new Error('this file is run as a worker');
const parent = parentPort;
const options = workerData as ReceiverWorkerOptions;

useMessages(options.messages);
const stop = runReceiver(options, (report: ReceiverReport) => parent.postMessage(report));
parent.on('message', (text) => {
  if (text === stopMessage) void stop().then(() => parent.close());
});
