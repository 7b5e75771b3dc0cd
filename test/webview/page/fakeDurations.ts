import { isWithin } from '../../../src/core/base/durationRange.ts';
import { disposable } from '../../../src/core/base/disposable.ts';
import { microseconds } from '../../../src/core/base/units.ts';
import { shownDurations } from '../../../src/host/traces/shownDurations.ts';
import type { DurationsHostEvents, DurationsHostMethods } from '../../../src/protocol/durations.ts';
import { Rpc } from '../../../src/protocol/rpc.ts';
import type { SearchState } from '../../../src/host/traces/traceSearch.ts';
import type { Theme } from '../themes.ts';

export interface FakeDurationsSettings {
  readonly theme: Theme;
  /** µs, and whether the trace has errors. */
  readonly traces: readonly (readonly [duration: number, failed: boolean])[];
  readonly hasMore: boolean;
  readonly messages: Readonly<Record<string, string>>;
  /** How long what the page says is on its way. */
  readonly delayMs: number;
}

type Range = SearchState['form']['traceDuration'];

declare global {
  interface Window {
    fakeDurationsSettings: FakeDurationsSettings;
    /** The range that the host has, and how often the page changed it. */
    chosenRanges: Range[];
    findMore: (duration: number) => void;
  }
}

const { theme, traces, hasMore, messages, delayMs } = window.fakeDurationsSettings;
let found = traces.map(([duration, failed]) => ({
  duration: microseconds(duration),
  errorCount: failed ? 1 : 0,
}));
let range: Range;
window.chosenRanges = [];

/** As the host draws it of its search. */
const shown = () => {
  const state = {
    found,
    inRange: found.filter(({ duration }) => isWithin(duration, range)).length,
    form: { traceDuration: range, order: 'newest' },
    isPart: hasMore,
  };
  return shownDurations(state as unknown as SearchState);
};

const toHost = new Set<(message: unknown) => void>();
const rpc = new Rpc<DurationsHostMethods, object, DurationsHostEvents>(
  {
    post: (message) => window.postMessage(message, '*'),
    listen: (receive) => {
      toHost.add(receive);
      return disposable(() => toHost.delete(receive));
    },
  },
  {
    ready: () => ({ shown: shown(), messages }),
    choose: (params) => {
      range = params.range;
      window.chosenRanges.push(range);
      rpc.emit('changed', shown());
      return {};
    },
  },
);
window.findMore = (duration) => {
  found = [...found, { duration: microseconds(duration), errorCount: 0 }];
  rpc.emit('changed', shown());
};
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      setTimeout(() => toHost.forEach((receive) => receive(copy)), delayMs);
    },
  }),
});

new MutationObserver((_, observer) => {
  if (document.querySelector('body') === null) return;
  observer.disconnect();
  for (const [name, value] of Object.entries(theme.variables))
    document.documentElement.style.setProperty(name, value);
  document.body.classList.add(...theme.classes);
  document.documentElement.style.background = 'var(--vscode-editor-background)';
}).observe(document, { childList: true, subtree: true });
