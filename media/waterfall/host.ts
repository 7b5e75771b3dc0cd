import { Rpc, type Handlers } from '../../src/protocol/rpc.ts';
import type {
  WaterfallHostEvents,
  WaterfallHostMethods,
  WaterfallPageEvents,
  WaterfallPageMethods,
  WaterfallState,
} from '../../src/protocol/waterfall.ts';
import { pageChannel } from '../pageChannel.ts';
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
  onEvent: { readonly [K in keyof WaterfallHostEvents]: (value: WaterfallHostEvents[K]) => void },
): { host: Host; keeper: StateKeeper } {
  const api = acquireVsCodeApi();
  const host: Host = new Rpc(pageChannel(api), handlers, (name, value) => {
    if (Object.hasOwn(onEvent, name)) onEvent[name](value);
  });
  return { host, keeper: api };
}
