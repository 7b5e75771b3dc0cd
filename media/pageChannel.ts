import { disposable } from '../src/core/base/disposable.ts';
import type { Channel } from '../src/protocol/rpc.ts';

/** The messages of a page and the extension, as an `Rpc` channel. */
export const pageChannel = (api: { postMessage(message: unknown): void }): Channel => ({
  post: (message) => {
    api.postMessage(message);
  },
  listen: (receive) => {
    const onMessage = (event: MessageEvent<unknown>) => {
      receive(event.data);
    };
    window.addEventListener('message', onMessage);
    return disposable(() => {
      window.removeEventListener('message', onMessage);
    });
  },
});
