import type { MessagePort, Worker } from 'node:worker_threads';
import { disposable } from '../core/base/disposable.ts';
import type { Channel } from '../protocol/rpc.ts';

/** The messages of a worker thread, from either side, as an `Rpc` channel. */
export function workerChannel(port: Worker | MessagePort): Channel {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    listen: (receive) => {
      port.on('message', receive);
      return disposable(() => {
        port.off('message', receive);
      });
    },
  };
}
