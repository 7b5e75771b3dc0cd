import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import { fileTraceOf, shortTraceName } from '../../core/trace/fileTrace.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import { toMilliseconds, type SpanRow } from '../../core/base/units.ts';
import { traceTitles } from '../../core/waterfall/traceTitles.ts';
import { readSavedState } from '../../protocol/savedState.ts';
import { waterfallViewType } from '../contributions.ts';
import type { CodeOpener, OpenManner } from '../editor/openCode.ts';
import { SqlThread } from '../../engine/sql/sqlThread.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { SpanTarget } from '../targets.ts';
import type { RowMemory } from './rowMemory.ts';
import { WaterfallPanel } from './waterfallPanel.ts';
import { inform } from '../notices.ts';
import { pickOther, type OpenTrace } from './pickOther.ts';

export interface WaterfallsOptions {
  readonly engine: EngineSession;
  readonly opener: CodeOpener;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly rowMemory: RowMemory;
  /** A trace was read. */
  readonly onRead: () => void;
  /** Of the figures that spans are compared with. */
  readonly window: () => TimeWindow;
  /** A key or the mouse was used in one of them. */
  readonly onUse: () => void;
}

/** How a trace of a file is changed for another one of it. */
export interface TraceInFile {
  readonly show: (traceId: string) => void;
  /** Asks which. */
  readonly choose: () => Promise<void>;
}

const longestLabel = 120;

/** The open waterfalls, one a trace; they come back after a reload. */
export class Waterfalls implements Disposable {
  readonly #options: WaterfallsOptions;
  readonly #owned = new DisposableStore();
  readonly #sql: SqlThread;
  /** By trace, the one used last at the end. */
  readonly #panels = new Map<string, WaterfallPanel>();
  readonly #shownChanged: Emitter<void>;
  #shownBefore: WaterfallPanel | undefined;

  constructor(options: WaterfallsOptions) {
    this.#options = options;
    this.#shownChanged = this.#owned.add(
      new Emitter((error) => options.log.error('A listener of the waterfalls failed.', error)),
    );
    const worker = vscode.Uri.joinPath(options.extensionUri, 'dist', 'sqlWorker.cjs');
    this.#sql = this.#owned.add(new SqlThread(worker.fsPath));
    this.#owned.add(
      vscode.window.registerWebviewPanelSerializer(waterfallViewType, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.#restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
    this.#owned.add(
      options.engine.onIndexChange(() => {
        for (const panel of this.#panels.values()) void panel.remap();
      }),
    );
  }

  /** Shows the trace; with `at`, selects the spans of the method around that line. */
  async open(traceId: string, at?: CodeLocation, manner: OpenManner = 'go'): Promise<void> {
    const panel = await this.#show(traceId, manner);
    if (at) await panel.selectSpansAt(at);
  }

  /** Shows the span in its trace; one that is not there is told of. */
  async openSpan(span: SpanTarget, manner: OpenManner = 'go'): Promise<void> {
    const panel = await this.#show(span.traceId, manner);
    if (await panel.selectSpan(span, manner)) return;
    void inform(
      vscode.l10n.t(
        'This trace has no span {0}. It may not have arrived yet, or was deleted.',
        visibleText(shortened(span.label, longestLabel)),
      ),
    );
  }

  /** Shows a trace of a file (`key` is of `fileTraceKey`) in the editor that VS Code opened for the file. */
  openInEditor(panel: vscode.WebviewPanel, key: string, inFile: TraceInFile): WaterfallPanel {
    return this.#adopt(panel, key, { inFile });
  }

  /** The panel's place is another's: lets go of the one that had it. */
  letGo(waterfall: WaterfallPanel): void {
    if (this.#panels.get(waterfall.traceId) === waterfall) this.#panels.delete(waterfall.traceId);
    waterfall.dispose();
    this.#nameTabs();
    this.#tellShown();
  }

  /** Spans arrived in the source: those on the screen may have grown. */
  spansArrived(): void {
    for (const panel of this.#panels.values()) panel.spansArrived();
  }

  /** Shows the trace compared with another one. */
  async compare(traceId: string, other: string): Promise<void> {
    const panel = await this.#show(traceId, 'go');
    await panel.compareWith(other);
  }

  /** Asks what an open trace is to be compared with, and shows that. */
  async chooseAndCompare(traceId: string): Promise<void> {
    const other = await this.#chooseOther(traceId);
    if (other !== undefined) await this.compare(traceId, other);
  }

  /** The waterfall looked at last. */
  get latest(): WaterfallPanel | undefined {
    return [...this.#panels.values()].at(-1);
  }

  /** The one on the screen that was looked at last, once it has its trace. */
  get shown(): WaterfallPanel | undefined {
    return [...this.#panels.values()].findLast(({ isShown }) => isShown);
  }

  /** Another waterfall is `shown`, none any more, or its trace was read or mapped again. */
  get onShownChange() {
    return this.#shownChanged.event;
  }

  /** Selects spans in the trace's waterfall, where that is open. */
  async selectRows(traceId: string, rows: readonly SpanRow[], label: string): Promise<void> {
    await this.#panels.get(traceId)?.selectRows(rows, label);
  }

  dispose(): void {
    this.#owned.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
    this.#panels.clear();
  }

  async #show(traceId: string, manner: OpenManner): Promise<WaterfallPanel> {
    const open = this.#panels.get(traceId);
    const panel = open ?? this.#create(traceId, manner);
    this.#use(panel);
    if (open) await open.reveal(manner);
    return panel;
  }

  /** A trace that isn't there is told of where the link is, not in a page of its own. */
  async #openLinked(
    from: { readonly traceId: string; readonly inFile: TraceInFile | undefined },
    linked: SpanTarget,
    signal: AbortSignal,
  ): Promise<void> {
    const { engine } = this.#options;
    const link = { from: from.traceId, traceId: linked.traceId };
    const { traceId } = await engine.call('linkedTrace', link, signal);
    if (fileTraceOf(traceId)) return from.inFile?.show(linked.traceId);
    if (!this.#panels.has(traceId)) await engine.call('openTrace', { traceId }, signal);
    await this.openSpan({ ...linked, traceId });
  }

  #create(traceId: string, manner: OpenManner): WaterfallPanel {
    const panel = vscode.window.createWebviewPanel(
      waterfallViewType,
      shortTraceName(traceId),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: manner === 'look' },
      { enableScripts: true, retainContextWhenHidden: false },
    );
    return this.#adopt(panel, traceId);
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = readSavedState(state);
    const open = saved && this.#panels.get(saved.traceId);
    if (!saved || open) {
      const manner = panel.active ? 'go' : 'look';
      panel.dispose();
      void open?.reveal(manner); // the trace was opened anew before its old tab was looked at
      return;
    }
    this.#adopt(panel, saved.traceId, { joined: saved.joinedTraceIds ?? [] });
  }

  #adopt(
    panel: vscode.WebviewPanel,
    traceId: string,
    { inFile, joined }: { inFile?: TraceInFile; joined?: readonly string[] } = {},
  ): WaterfallPanel {
    const waterfall = new WaterfallPanel({
      ...this.#options,
      panel,
      traceId,
      openTrace: (linked, signal) => this.#openLinked({ traceId, inFile }, linked, signal),
      ...(inFile && { chooseTrace: inFile.choose }),
      ...(joined && { joined }),
      chooseOther: () => this.#chooseOther(traceId),
      openOther: async (key) => {
        const inOwnFile = fileTraceOf(key)?.path === fileTraceOf(traceId)?.path;
        const id = fileTraceOf(key)?.traceId;
        if (inFile && inOwnFile && id !== undefined) inFile.show(id);
        else await this.open(key);
      },
      sql: this.#sql,
      onTitled: () => {
        this.#nameTabs();
        this.#tellShown(traceId);
      },
    });
    this.#panels.set(traceId, waterfall);
    waterfall.owns(panel.onDidDispose(() => this.letGo(waterfall)));
    waterfall.owns(
      panel.onDidChangeViewState(() => {
        waterfall.setVisible(panel.visible);
        if (panel.active) this.#use(waterfall);
        this.#tellShown();
      }),
    );
    return waterfall;
  }

  #chooseOther(traceId: string): Promise<string | undefined> {
    const { engine, window } = this.#options;
    return pickOther(traceId, { engine, window, open: this.#openTraces() });
  }

  /** Those that were read, the one looked at last first. */
  #openTraces(): readonly OpenTrace[] {
    return [...this.#panels.values()]
      .reverse()
      .flatMap(({ traceId, titled }) => (titled ? [{ ...titled, key: traceId }] : []));
  }

  /** Tabs of the same route are told apart by what differs among those that are open; that of a file has its name. */
  #nameTabs(): void {
    const read = [...this.#panels.values()].flatMap((panel) =>
      panel.titled && !fileTraceOf(panel.traceId) ? [{ panel, titled: panel.titled }] : [],
    );
    const titles = traceTitles(
      read.map(({ titled }) => titled),
      (start) => new Date(toMilliseconds(start)).toLocaleTimeString(vscode.env.language),
    );
    for (const [index, { panel }] of read.entries()) panel.setTitle(titles[index] ?? '');
  }

  /** @param read the trace that has just been read */
  #tellShown(read?: string): void {
    const { shown } = this;
    if (shown === this.#shownBefore && (shown === undefined || shown.traceId !== read)) return;
    this.#shownBefore = shown;
    this.#shownChanged.fire();
  }

  #use(panel: WaterfallPanel): void {
    this.#panels.delete(panel.traceId);
    this.#panels.set(panel.traceId, panel);
  }
}
