import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { startEngine } from '../../../src/engine/client.ts';
import { startReceiver } from '../../../src/engine/receiver.ts';
import { endpointsMessage } from '../../../src/host/endpoints/endpointsMessage.ts';
import { EngineSession, type OpenedSource } from '../../../src/host/engine/engineSession.ts';
import { LocalReceiver } from '../../../src/host/engine/localReceiver.ts';
import { FigureFeed, type FeedState } from '../../../src/host/figures/figureFeed.ts';
import { RefreshPace } from '../../../src/host/figures/refreshPace.ts';
import { shownStatus, type ShownStatus } from '../../../src/host/status/shownStatus.ts';
import { editorSources, type SourceSettings } from '../../../src/sources/registry.ts';
import { silentLog } from '../silentLog.ts';
import type { FaultTimes } from './fault.ts';

/** Of the window's own OTLP receiver. */
export interface ReceiverPlace {
  readonly databasePath: string;
  readonly port: number;
}

export interface ScreenOptions {
  readonly settings: () => SourceSettings;
  readonly receiver?: ReceiverPlace;
  readonly times: FaultTimes;
}

/** All of a window but the editor: engine and receiver in their workers, figures read by the clock, and the words that are shown. */
export interface Screen {
  /** The item of the status bar. */
  status(): ShownStatus;
  /** The line above the rows of Endpoints. */
  message(): string;
  /** What the rows are drawn from. */
  figures(): FeedState;
  /** Warnings that popped up, in order. */
  readonly notices: readonly string[];
  /** Ends the thread of the engine or of the receiver, wherever it is at. */
  killThread(name: 'spanhop-engine' | 'spanhop-receiver'): Promise<void>;
  /** As after a change of the settings: the source is opened again, and read. */
  settingsChanged(): Promise<void>;
  /** Another source is chosen, of which nothing is asked: the former is closed, the threads go on. */
  chooseOther(): Promise<void>;
  close(): Promise<void>;
}

const windowMinutes = 60;
const source = (path: string) => fileURLToPath(new URL(`../../../src/${path}.ts`, import.meta.url));

/** Opens it with figures on the screen, and the focus. */
export function openScreen({ settings, receiver, times }: ScreenOptions): Screen {
  let opened: OpenedSource | undefined;
  const threads = new Map<string, Worker>();
  const onThread = (worker: Worker & { readonly threadName?: string | null }) =>
    threads.set(worker.threadName ?? '', worker);
  process.on('worker', onThread);
  const notices: string[] = [];
  let isOther = false;
  const session = new EngineSession({
    log: silentLog,
    start: (onEvent) =>
      startEngine({
        workerPath: source('engine/worker'),
        extractWorkerPath: source('engine/code/extractWorker'),
        messages: {},
        log: silentLog,
        onEvent,
      }),
    readSource: () => Promise.resolve(isOther ? { kind: 'file', path: '' } : settings()),
    readWorkspace: () =>
      Promise.resolve({
        folders: [],
        isTrusted: true,
        cacheFolder: undefined,
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      }),
  });
  session.onSourceChange((now) => (opened = now));
  const pace = new RefreshPace(times.pauseMs);
  const feed = new FigureFeed({
    engine: session,
    windowMinutes: () => windowMinutes,
    log: silentLog,
    pace,
  });
  const ended: Promise<unknown>[] = [];
  const local = new LocalReceiver({
    isWanted: () => receiver !== undefined && !isOther,
    start: (onState) => {
      const running = startReceiver({
        workerPath: source('sources/local/receiverWorker'),
        databasePath: receiver?.databasePath ?? '',
        port: receiver?.port ?? 0,
        host: '127.0.0.1',
        maxBytes: 100_000_000,
        maxAgeHours: 24,
        log: silentLog,
        onState,
        onNotice: (sentence) => void notices.push(sentence),
        onSpans: () => feed.spansArrived(),
      });
      ended.push(running.ended);
      return running;
    },
  });
  const clock = setInterval(() => void feed.readAgain(), times.refreshMs);
  void feed.refresh();
  return {
    notices,
    status: () =>
      shownStatus({
        name: labelOf(settings()),
        source: opened,
        windowMinutes,
        figures: feed.state,
        receiver: local.state,
        indexing: undefined,
        isLong: false,
      }),
    message: () => endpointsMessage({ state: feed.state, windowMinutes }, local.state),
    figures: () => feed.state,
    killThread: async (name) => {
      await threads.get(name)?.terminate();
    },
    settingsChanged: async () => {
      feed.forget();
      await session.sourceSettingsChanged().catch(() => undefined); // The reading says why.
      void feed.refresh();
    },
    chooseOther: async () => {
      isOther = true;
      clearInterval(clock);
      feed.forget();
      local.settingsChanged();
      await session.sourceSettingsChanged();
      await Promise.all(ended);
    },
    close: async () => {
      clearInterval(clock);
      feed.dispose();
      session.dispose();
      local.dispose();
      process.off('worker', onThread);
      await Promise.all(ended);
    },
  };
}

const labelOf = ({ kind }: SourceSettings): string =>
  editorSources.find((source) => source.kind === kind)?.editor.label() ?? kind;
