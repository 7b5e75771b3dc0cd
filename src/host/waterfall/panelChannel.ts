import type { Webview } from 'vscode';
import type { Channel } from '../../protocol/rpc.ts';

/** The messages of a page as an `Rpc` channel. A page that is hidden or gone misses what is posted: it asks again when shown. */
export function panelChannel(webview: Webview): Channel {
  return {
    post: (message) => {
      void webview.postMessage(message);
    },
    listen: (receive) => webview.onDidReceiveMessage(receive),
  };
}
