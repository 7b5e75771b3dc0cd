import { disposable } from '../../src/core/base/disposable.ts';
import { Rpc, type Channel, type Handlers } from '../../src/protocol/rpc.ts';
import type {
  WaterfallHostEvents,
  WaterfallHostMethods,
  WaterfallPageEvents,
  WaterfallPageMethods,
  WaterfallState,
} from '../../src/protocol/waterfall.ts';
import type { unseenState } from '../../src/protocol/savedState.ts';

/** What VS Code gives a page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: WaterfallState | ReturnType<typeof unseenState>): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export type Host = Rpc<
  WaterfallPageMethods,
  WaterfallHostMethods,
  WaterfallPageEvents,
  WaterfallHostEvents
>;
export type StateKeeper = Pick<VsCodeApi, 'getState' | 'setState'>;

/** Connects to the extension; once a page. */
export function connectHost(
  handlers: Handlers<WaterfallPageMethods>,
  onTrace: (trace: WaterfallHostEvents['traceChanged']) => void,
): { host: Host; keeper: StateKeeper } {
  const api = acquireVsCodeApi();
  const channel: Channel = {
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
  };
  const host: Host = new Rpc(channel, handlers, (_name, value) => {
    onTrace(value);
  });
  return { host, keeper: api };
}
