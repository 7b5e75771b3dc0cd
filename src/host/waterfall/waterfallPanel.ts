import * as vscode from 'vscode';
import { abortError } from '../abort.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { SpanRow } from '../../core/base/units.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import { fileTraceOf } from '../../core/trace/fileTrace.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import { kindOf, readHabits } from '../../core/waterfall/rowHabits.ts';
import { titledTrace, type TitledTrace } from '../../core/waterfall/traceTitles.ts';
import type { SqlThread } from '../../engine/sql/sqlThread.ts';
import type { PictureFormat } from '../../protocol/picture.ts';
import { Rpc, type Handlers } from '../../protocol/rpc.ts';
import {
  protocolVersion,
  type OpenedTrace,
  type WaterfallHostEvents,
  type WaterfallHostMethods,
  type WaterfallPageEvents,
  type WaterfallPageMethods,
} from '../../protocol/waterfall.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { savePicture } from '../export/savePicture.ts';
import {
  workspaceFolders,
  type CodeOpener,
  type OpenAnswer,
  type OpenManner,
} from '../editor/openCode.ts';
import { workspacePath } from '../paths.ts';
import { sourceInUse } from '../settings/sourceSettings.ts';
import type { SpanTarget } from '../targets.ts';
import { codeHandlers } from './codeHandlers.ts';
import { ComparedTrace } from './comparedTrace.ts';
import { costHandlers } from './costHandlers.ts';
import type { RowMemory } from './rowMemory.ts';
import { sourcePageOf, type SourcePage } from './sourcePage.ts';
import { LiveTrace } from './liveTrace.ts';
import { ShownTrace } from './shownTrace.ts';
import { panelChannel } from './panelChannel.ts';
import {
  readAttributeCondition,
  readCopy,
  readPicture,
  readPictureFormat,
} from './requestShapes.ts';
import { loadPage, preparePanel } from './panelPage.ts';
import { linkActions } from './linkActions.ts';
import { spanActions } from './spanActions.ts';

export interface WaterfallPanelOptions {
  readonly traceId: string;
  /** Ids of the traces to show with it. */
  readonly joined?: readonly string[];
  readonly panel: vscode.WebviewPanel;
  readonly engine: EngineSession;
  readonly opener: CodeOpener;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly sql: SqlThread;
  /** Opens the trace that a link of this one leads to at its span, once it is known to be there. */
  readonly openTrace: (span: SpanTarget, signal: AbortSignal) => Promise<void>;
  /** Of a trace of a file: asks which one of the file is to be shown. */
  readonly chooseTrace?: () => Promise<void>;
  /** Asks which trace this one is to be compared with. */
  readonly chooseOther: () => Promise<string | undefined>;
  readonly openOther: (key: string) => Promise<void>;
  readonly rowMemory: RowMemory;
  readonly onRead: () => void;
  /** Of the figures that spans are compared with. */
  readonly window: () => TimeWindow;
  /** A key or the mouse was used in the page. */
  readonly onUse: () => void;
  /** The trace that its tab is named after was read. */
  readonly onTitled: () => void;
}

/** A page that was hidden in the meantime never answers. */
const pageTimeoutMs = 5_000;
const pictureTimeoutMs = 30_000;

type PageRpc = Rpc<
  WaterfallHostMethods,
  WaterfallPageMethods,
  WaterfallHostEvents,
  WaterfallPageEvents
>;

/** One trace in one editor tab: serves the page's questions from the engine. */
export class WaterfallPanel implements Disposable {
  readonly traceId: string;
  readonly #options: WaterfallPanelOptions;
  readonly #owned = new DisposableStore();
  readonly #rpc: PageRpc;
  readonly #trace: ShownTrace;
  readonly #page: SourcePage;
  readonly #live: LiveTrace;
  readonly #compared: ComparedTrace;
  #titled: TitledTrace | undefined;
  #isVisible: boolean;
  /** When reading the trace for the page began, as `Date.now()`. */
  #begunAt = 0;
  /** Settled once the page has its trace; a reloaded page sets it anew. */
  #ready = readiness();

  constructor(options: WaterfallPanelOptions) {
    this.#options = options;
    this.traceId = options.traceId;
    this.#page = sourcePageOf(options.traceId);
    this.#isVisible = options.panel.visible;
    preparePanel(options.panel, options.extensionUri);
    this.#trace = new ShownTrace({
      traceId: options.traceId,
      joined: options.joined ?? [],
      engine: options.engine,
      send: (opened) => {
        this.#setTitle(opened);
        this.#rpc.emit('traceChanged', opened);
      },
    });
    this.#live = this.#owned.add(
      new LiveTrace({
        read: (signal) => this.#trace.readAgain(signal),
        isTold: () => sourceInUse().editor.receives === true,
        show: (growth) => this.#rpc.emit('growthChanged', growth),
        log: options.log,
      }),
    );
    this.#compared = new ComparedTrace({
      trace: this.#trace,
      choose: options.chooseOther,
      openTrace: options.openOther,
      openCode: (location, signal) => this.#openBeside(location, signal),
    });
    this.#rpc = this.#owned.add(
      new Rpc(panelChannel(options.panel.webview), this.#handlers(), () => options.onUse()),
    );
    this.#load();
  }

  /** Disposed with it. */
  owns(disposable: Disposable): void {
    this.#owned.add(disposable);
  }

  /** It is on the screen and has its trace. */
  get isShown(): boolean {
    return this.#trace.isShown;
  }

  /** What its tab says, once its trace was read. */
  get titled(): TitledTrace | undefined {
    return this.#titled;
  }

  setTitle(title: string): void {
    this.#options.panel.title = title;
  }

  /** A hidden page is let go: it is loaded again when shown, and asks for its trace again. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (isVisible) {
      this.#begin();
      return;
    }
    this.#trace.close();
    this.#live.stop();
    const before = this.#ready;
    this.#ready = readiness();
    before.resolve(this.#ready.promise);
  }

  /** Shows the page; one that is on the screen already gets what has arrived of its trace since. */
  async reveal(manner: OpenManner): Promise<void> {
    const { panel, log } = this.#options;
    panel.reveal(undefined, manner === 'look');
    await this.#trace.catchUp(log);
  }

  /**
   * Shows the page and selects the spans of the method around the line, when there are any.
   * @returns how many there are, and the method's name.
   */
  async selectSpansAt({ path, line }: CodeLocation): Promise<{ count: number; symbol: string }> {
    if (this.#options.panel.visible) await this.#ready.promise;
    const { rows, symbol } = await this.#trace.rowsAt({ path: workspacePath(path), line });
    if (rows.length > 0)
      await this.selectRows(rows, vscode.l10n.t('Spans of {0}', symbol || `${line}`));
    return { count: rows.length, symbol };
  }

  /** Shows the page and selects the span. @returns false when the trace has no such span. */
  async selectSpan({ spanId, label }: SpanTarget, manner: OpenManner): Promise<boolean> {
    const { engine, panel } = this.#options;
    await this.#ready.promise;
    const span = { traceId: this.traceId, spanId, label };
    const row = await this.#trace.ofKept(() => engine.call('rowOfSpan', span));
    if (row === undefined) return false;
    panel.reveal(undefined, manner === 'look');
    await this.#ready.promise;
    const params = { rows: [row], label: visibleText(label) };
    await this.#rpc.call('selectRows', params, AbortSignal.timeout(pageTimeoutMs));
    return true;
  }

  /** Shows the page and selects the first of these spans, marking them all. */
  async selectRows(rows: readonly SpanRow[], label: string): Promise<void> {
    this.#options.panel.reveal();
    await this.#ready.promise;
    await this.#rpc.call('selectRows', { rows, label }, AbortSignal.timeout(pageTimeoutMs));
  }

  /** Selects these spans in the page that is on the screen, without bringing it forward. */
  async pointOut(rows: readonly SpanRow[], label: string, signal: AbortSignal): Promise<void> {
    if (!this.isShown) return;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(pageTimeoutMs)]);
    await this.#rpc.call('pointOut', { rows, label }, limit);
  }

  /** Shows the page's trace compared with another one. */
  async compareWith(key: string): Promise<void> {
    this.#compared.other = key;
    this.#options.panel.reveal();
    await this.#ready.promise;
    await this.#rpc.call('showComparison', {}, AbortSignal.timeout(pageTimeoutMs));
  }

  /** See `ShownTrace`. */
  get trace(): Pick<ShownTrace, 'rowsAt' | 'times'> {
    return this.#trace;
  }

  async focusFilter(): Promise<void> {
    await this.#ready.promise;
    await this.#rpc.call('focusFilter', {}, AbortSignal.timeout(pageTimeoutMs));
  }

  /** The rows as they are seen now, as the bytes of a file. */
  async drawPicture(format: PictureFormat): Promise<Uint8Array> {
    this.#options.panel.reveal(undefined, true);
    await this.#ready.promise;
    const limit = AbortSignal.timeout(pictureTimeoutMs);
    return readPicture(await this.#rpc.call('drawPicture', { format }, limit));
  }

  /** Spans arrived in the source, of this trace or another. */
  spansArrived(): void {
    this.#live.spansArrived();
  }

  /** There may be more of the trace, or another one in its place: shows that, also where there was none to show. */
  async readAgain(): Promise<void> {
    // Begun anew with each change of a file, a trace that takes long would never be there.
    await this.#trace.loading;
    if (this.#owned.disposed || !this.#options.panel.visible) return;
    if (!this.#trace.isShown) this.#load();
    else await this.#trace.readAgain();
  }

  /** The code changed: the same trace with new matches. */
  async remap(): Promise<void> {
    try {
      await this.#trace.remap();
    } catch (error) {
      if (!isAbort(error))
        this.#options.log.error('Failed to update the mapping of a trace.', error);
    }
  }

  dispose(): void {
    this.#ready.reject(abortError());
    this.#trace.close();
    this.#owned.dispose();
  }

  /** Loads the page, which then asks for its trace: that is read in the meantime. */
  #load(): void {
    const { panel, extensionUri, traceId } = this.#options;
    if (this.#isVisible) this.#begin();
    loadPage(panel, extensionUri, fileTraceOf(traceId) ? '' : traceId);
  }

  #begin(): void {
    this.#begunAt = Date.now();
    this.#trace.begin();
  }

  #handlers(): Handlers<WaterfallHostMethods> {
    const { openTrace, opener, sql, window } = this.#options;
    const column = (beside: boolean) => this.#column(beside);
    const copy = async (text: string) => vscode.env.clipboard.writeText(text);
    return {
      ...linkActions({ trace: this.#trace, openTrace }),
      ...spanActions({ trace: this.#trace, sql, copy, page: this.#page }),
      ...costHandlers({
        trace: this.#trace,
        folders: workspaceFolders,
        window,
        openCode: (location, signal) => this.#openBeside(location, signal),
      }),
      ...this.#compared.handlers(),
      ...codeHandlers({ trace: this.#trace, page: this.#page, opener, column }),
      ready: async (params, signal) => {
        const ready = this.#ready;
        const trace = await this.#openTrace(params, signal);
        setImmediate(() => {
          ready.resolve(undefined);
        });
        const habits = this.#options.rowMemory.of(kindOf(trace.shape));
        return { trace, messages: vscode.l10n.bundle ?? {}, habits };
      },
      rowsWithAttribute: (params, signal) =>
        this.#trace.rowsWithAttribute(readAttributeCondition(params), signal),
      attributesOfTrace: (_, signal) => this.#trace.attributes(signal),
      copy: async (params) => {
        await copy(readCopy(params).text);
        return {};
      },
      savePicture: async (params) => {
        await savePicture(this, readPictureFormat(params).format);
        return {};
      },
      keepHabits: (params) => {
        const kind = this.#trace.kind;
        if (kind !== undefined) this.#options.rowMemory.keep(kind, readHabits(params));
        return {};
      },
      follow: () => {
        this.#live.follow();
        return Promise.resolve({});
      },
      chooseTrace: async () => {
        await this.#options.chooseTrace?.();
        return {};
      },
    };
  }

  async #openTrace(params: { version: number }, signal: AbortSignal): Promise<OpenedTrace> {
    if (params.version !== protocolVersion)
      throw new Error(
        vscode.l10n.t(
          'This page was opened by another version of Spanhop. Close it and open the trace again.',
        ),
      );
    const { onRead, traceId } = this.#options;
    const opened = await this.#trace.open(signal);
    onRead();
    this.#setTitle(opened);
    // A file says itself when it changes.
    if (!fileTraceOf(traceId)) this.#live.opened(opened.shape, this.#begunAt);
    return opened;
  }

  #setTitle({ shape }: OpenedTrace): void {
    this.#titled = titledTrace(shape);
    this.#options.onTitled();
  }

  #openBeside(location: CodeLocation, signal: AbortSignal): Promise<OpenAnswer> {
    const besideOf = this.#column(true);
    return this.#options.opener.open(location, { besideOf, manner: 'go', signal });
  }

  /** The column that code is opened beside; undefined: it is opened here. */
  #column(beside: boolean): vscode.ViewColumn | undefined {
    return beside ? this.#options.panel.viewColumn : undefined;
  }
}

/** Of a panel that is closed nobody may be waiting for its page. */
function readiness(): PromiseWithResolvers<undefined> {
  const ready = Promise.withResolvers<undefined>();
  ready.promise.catch(() => undefined);
  return ready;
}
