import { unpacked } from './messages.ts';

/** The editor's side of a page: what it posts goes to the host's process, whose answer comes back as a message. */
declare global {
  interface Window {
    acquireVsCodeApi: () => unknown;
    /** When the trace's columns were there, in ms since the page began; undefined in other pages than ours. */
    columnsAt: number | undefined;
  }
}

let state: unknown = null;

window.acquireVsCodeApi = () => ({
  postMessage: (message: { readonly kind: string; readonly method?: string }) => {
    if (message.kind !== 'request') return;
    void fetch('/message', { method: 'POST', body: JSON.stringify(message) })
      .then((answer) => answer.arrayBuffer())
      .then((buffer) => {
        const answer = unpacked(buffer);
        if (message.method === 'ready') window.columnsAt = performance.now();
        window.postMessage(answer, '*');
      });
  },
  getState: () => state,
  setState: (next: unknown) => (state = next),
});
