import { disposable } from '../../../src/core/base/disposable.ts';
import type { MarkedText } from '../../../src/core/base/markedText.ts';
import type { MessageBundle } from '../../../src/core/base/message.ts';
import { microseconds, spanRow } from '../../../src/core/base/units.ts';
import { buildTrace } from '../../../src/core/trace/build.ts';
import { attributeTest } from '../../../src/core/trace/filter/attributeCondition.ts';
import { AttributeCounts } from '../../../src/core/trace/filter/completion/attributeCounts.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { usualHabits } from '../../../src/core/waterfall/rowHabits.ts';
import { Rpc, type Channel, type Handlers } from '../../../src/protocol/rpc.ts';
import {
  protocolVersion,
  type WaterfallHostEvents,
  type WaterfallHostMethods,
  type WaterfallPageEvents,
  type WaterfallPageMethods,
  type WaterfallState,
} from '../../../src/protocol/waterfall.ts';
import { fakeCompare, type OtherTrace } from './fakeCompare.ts';
import { fakeCosts } from './fakeCosts.ts';
import { consumerTrace, deepTrace, hostileTrace, largeTrace, storyTrace } from './traces.ts';
import { openedTraceOf, readTie, spanDetailOf } from './fakeMatches.ts';

/** What a test asks of the fake host; set before the page loads. */
export interface FakeHostSettings {
  readonly theme: {
    readonly classes: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
  };
  readonly trace:
    | { readonly kind: 'story' | 'hostile' }
    | { readonly kind: 'large' | 'deep'; readonly size: number }
    | { readonly kind: 'spans'; readonly spans: readonly RawSpan[] }
    /** `ready` fails with this sentence. */
    | { readonly kind: 'failing'; readonly reason: string }
    /** `ready` is never answered. */
    | { readonly kind: 'silent' };
  /** The page opens by itself; else with a line for each span and nothing selected, as one kept it. */
  readonly asOpened?: boolean;
  readonly notices: readonly string[];
  readonly messages?: MessageBundle;
  /** What the trace is compared with, once the user chose. */
  readonly other?: OtherTrace;
  /** What the host says to a click on a span; it shows the line where that is undefined. */
  readonly preview?: { readonly opened: boolean; readonly reason: string };
}

/** What tests see of the fake host, on `window`. */
export interface FakeHost {
  readonly settings: FakeHostSettings;
  readonly calls: { readonly method: string; readonly params: unknown }[];
  /** How often the page told that it was used. */
  uses: number;
  readonly rpc: Rpc<
    WaterfallHostMethods,
    WaterfallPageMethods,
    WaterfallHostEvents,
    WaterfallPageEvents
  >;
  /** What is told of spans waits for it. */
  detailsAfter: Promise<void>;
  /** Reads the trace again, with one span more that began with the root, and tells the page. */
  readonly readAgain: (duration?: number) => void;
}

declare global {
  interface Window {
    fakeHostSettings: FakeHostSettings;
    fakeHost: FakeHost;
    acquireVsCodeApi: () => unknown;
  }
}

const settings = window.fakeHostSettings;
const stateKey = 'state the editor keeps';
const toHost = new Set<(message: unknown) => void>();
const calls: FakeHost['calls'] = [];

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown, transfer?: ArrayBuffer[]) => {
    const copy: unknown = structuredClone(message, { transfer: transfer ?? [] });
    setTimeout(() => toHost.forEach((receive) => receive(copy)));
  },
  getState: (): unknown =>
    JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ??
    (settings.asOpened === true ? null : wholeState()),
  setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
});

const channel: Channel = {
  post: (message) => window.postMessage(message, '*'),
  listen: (receive) => {
    toHost.add(receive);
    return disposable(() => toHost.delete(receive));
  },
};

const spans = spansOf(settings);
let built = buildTrace(spans);
/** A trace of a consumer is shown with it. */
let joined = false;

const wholeState = (): WaterfallState => ({
  version: protocolVersion,
  traceId: built.trace.traceId,
  selectedSpanId: undefined,
  foldBase: 'none',
  flippedSpanIds: [],
  isGrouped: false,
  openGroupIds: [],
  shortest: 0,
  scrollTop: 0,
  filter: '',
  viewStart: 0,
  viewEnd: 0,
  detailsOpen: true,
});

let keptHabits = usualHabits;

const handlers: Handlers<WaterfallHostMethods> = {
  ...fakeCosts(() => built.trace),
  ...fakeCompare(() => built.trace, settings.other ?? 'shorter'),
  keepHabits: (habits) => {
    keptHabits = habits;
    return {};
  },
  ready: () => {
    if (settings.trace.kind === 'failing') throw new Error(settings.trace.reason);
    if (settings.trace.kind === 'silent') return new Promise(() => undefined);
    return {
      trace: openedTraceOf(built, settings.notices),
      messages: settings.messages ?? {},
      habits: keptHabits,
    };
  },
  spanDetail: async ({ row }) => {
    await window.fakeHost.detailsAfter;
    return spanDetailOf(built.trace, row);
  },
  openCode: ({ row }) => {
    const { location, reason } = spanDetailOf(built.trace, row);
    return { opened: location !== undefined, reason };
  },
  previewCode: ({ row, by }) => {
    if (by === 'key') return { opened: false, reason: '' };
    const { location } = spanDetailOf(built.trace, row);
    return settings.preview ?? { opened: location !== undefined, reason: '' };
  },
  copySpan: () => ({}),
  openSourcePage: () => ({ opened: true, reason: '' }),
  formatSql: ({ row, attribute }) => {
    const value = spanDetailOf(built.trace, row).attributes[attribute]?.value;
    return { marked: typeof value === 'string' ? fakeSql(value) : undefined };
  },
  openFrame: () => ({ opened: true, reason: '' }),
  linkedPeers: ({ row }) => spanDetailOf(built.trace, row).peers.map(readTie),
  openPeer: () => ({ opened: true, reason: '' }),
  openLinkedTrace: () => ({ opened: true, reason: '' }),
  joinTrace: () => {
    joined = true;
    showTrace();
    return { opened: true, reason: '' };
  },
  separateTraces: () => {
    joined = false;
    showTrace();
    return {};
  },
  rowsWithAttribute: (condition) => {
    const test = attributeTest(condition);
    const found = built.trace.spans.map(({ attributes }) => test(attributes));
    return {
      marks: Uint8Array.from(found, (one) => (one === true ? 1 : 0)),
      isKnown: found.some((one) => one !== undefined),
    };
  },
  attributesOfTrace: () => {
    const counts = new AttributeCounts();
    for (const span of built.trace.spans) counts.add(span);
    return counts.summaries();
  },
  copy: () => ({}),
  savePicture: () => ({}),
  chooseTrace: () => ({}),
  follow: () => ({}),
};
const recorded = Object.fromEntries(
  Object.entries(handlers).map(([method, handle]) => [
    method,
    (params: never, signal: AbortSignal) => {
      calls.push({ method, params });
      return handle(params, signal);
    },
  ]),
) as unknown as Handlers<WaterfallHostMethods>;

const rpc: FakeHost['rpc'] = new Rpc(channel, recorded, () => (window.fakeHost.uses += 1));
window.fakeHost = {
  settings,
  calls,
  uses: 0,
  rpc,
  detailsAfter: Promise.resolve(),
  readAgain: (duration) => {
    const last = built.trace.spans.at(-1);
    const root = built.trace.spans[spanRow(0)];
    if (!last || !root) return;
    const first: RawSpan = {
      ...last,
      spanId: 'ffffffffffffffff',
      parentSpanId: root.spanId,
      name: 'late arrival',
      start: root.start,
      duration: duration === undefined ? last.duration : microseconds(duration),
    };
    built = buildTrace([...spans, first]);
    rpc.emit('traceChanged', openedTraceOf(built, settings.notices));
  },
};

/** Tells the page of its trace, with the other one while both are wanted. */
function showTrace(): void {
  const other = consumerTrace();
  const ids = [spans[0]?.traceId ?? '', other[0]?.traceId ?? ''];
  built = joined ? buildTrace([...spans, ...other], ids) : buildTrace(spans);
  const opened = openedTraceOf(built, settings.notices);
  const roots = built.trace.spans.flatMap(({ traceId }, row) =>
    traceId === ids[1] && built.trace.columns.parent[row] === -1 ? [spanRow(row)] : [],
  );
  const others = joined ? [{ traceId: ids[1] ?? '', roots }] : [];
  rpc.emit('traceChanged', { ...opened, joined: others });
}

/** As the host's libraries do it, for the statements of the story. */
const fakeSql = (statement: string) =>
  statement
    .split(/(?<=\s)(?=(?:FROM|WHERE|LIMIT|OFFSET|RETURNING)\b)|(?<=^SELECT|^DELETE) /)
    .flatMap((line): MarkedText => {
      const [word = '', ...rest] = line.trim().split(' ');
      return [
        { kind: 'keyword', text: word },
        { kind: 'plain', text: ` ${rest.join(' ')}\n` },
      ];
    });

function spansOf({ trace }: FakeHostSettings): readonly RawSpan[] {
  switch (trace.kind) {
    case 'story':
      return storyTrace();
    case 'hostile':
      return hostileTrace();
    case 'large':
      return largeTrace(trace.size);
    case 'deep':
      return deepTrace(trace.size);
    case 'spans':
      return trace.spans;
    default:
      return [];
  }
}

/** As the editor does before a page's own scripts run: its variables, classes and default styles. */
function applyTheme(): void {
  const { classes, variables } = settings.theme;
  for (const [name, value] of Object.entries(variables))
    document.documentElement.style.setProperty(name, value);
  document.body.classList.add(...classes);
  const defaults = new CSSStyleSheet();
  defaults.replaceSync(`@layer vscode-default {
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
      font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
    code { font-family: monospace; color: #d7ba7d; background-color: rgba(10, 10, 10, 0.4); padding: 1px 3px; }
  }`);
  document.adoptedStyleSheets = [defaults];
}
new MutationObserver((_, observer) => {
  if (document.querySelector('body') === null) return;
  observer.disconnect();
  applyTheme();
}).observe(document, { childList: true, subtree: true });
