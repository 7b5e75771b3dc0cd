import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import { toMilliseconds } from '../../core/base/units.ts';
import { traceTitles } from '../../core/waterfall/traceTitles.ts';
import { readSavedState } from '../../protocol/savedState.ts';
import { waterfallViewType } from '../contributions.ts';
import type { CodeOpener, OpenManner } from '../editor/openCode.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { SpanTarget } from '../targets.ts';
import { WaterfallPanel } from './waterfallPanel.ts';
import { inform } from '../notices.ts';

export interface WaterfallsOptions {
  readonly engine: EngineSession;
  readonly opener: CodeOpener;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  /** A trace was read. */
  readonly onRead: () => void;
  /** A key or the mouse was used in one of them. */
  readonly onUse: () => void;
}

const longestLabel = 120;

/** The open waterfalls, one a trace; they come back after a reload. */
export class Waterfalls implements Disposable {
  readonly #options: WaterfallsOptions;
  readonly #owned = new DisposableStore();
  /** By trace, the one used last at the end. */
  readonly #panels = new Map<string, WaterfallPanel>();

  constructor(options: WaterfallsOptions) {
    this.#options = options;
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

  /** Shows the span in its trace; one that is not there any more is told of. */
  async openSpan(span: SpanTarget, manner: OpenManner = 'go'): Promise<void> {
    const panel = await this.#show(span.traceId, manner);
    if (await panel.selectSpan(span, manner)) return;
    void inform(
      vscode.l10n.t(
        'The trace no longer has span {0}.',
        visibleText(shortened(span.label, longestLabel)),
      ),
    );
  }

  /** The waterfall looked at last. */
  get latest(): WaterfallPanel | undefined {
    return [...this.#panels.values()].at(-1);
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
  async #openLinked(traceId: string, signal: AbortSignal): Promise<void> {
    if (!this.#panels.has(traceId))
      await this.#options.engine.call('openTrace', { traceId }, signal);
    await this.open(traceId);
  }

  #create(traceId: string, manner: OpenManner): WaterfallPanel {
    const panel = vscode.window.createWebviewPanel(
      waterfallViewType,
      traceId.slice(0, 8),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: manner === 'look' },
      { enableScripts: true, retainContextWhenHidden: false },
    );
    return this.#adopt(panel, traceId);
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = readSavedState(state);
    if (!saved || this.#panels.has(saved.traceId)) {
      panel.dispose();
      return;
    }
    this.#adopt(panel, saved.traceId);
  }

  #adopt(panel: vscode.WebviewPanel, traceId: string): WaterfallPanel {
    const waterfall = new WaterfallPanel({
      ...this.#options,
      panel,
      traceId,
      openTrace: (linked, signal) => this.#openLinked(linked, signal),
      onTitled: () => this.#nameTabs(),
    });
    this.#panels.set(traceId, waterfall);
    panel.onDidDispose(() => {
      if (this.#panels.get(traceId) === waterfall) this.#panels.delete(traceId);
      waterfall.dispose();
      this.#nameTabs();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) waterfall.hidden();
      if (panel.active) this.#use(waterfall);
    });
    return waterfall;
  }

  /** Tabs of the same route are told apart by what differs among those that are open. */
  #nameTabs(): void {
    const read = [...this.#panels.values()].flatMap((panel) =>
      panel.titled ? [{ panel, titled: panel.titled }] : [],
    );
    const titles = traceTitles(
      read.map(({ titled }) => titled),
      (start) => new Date(toMilliseconds(start)).toLocaleTimeString(vscode.env.language),
    );
    for (const [index, { panel }] of read.entries()) panel.setTitle(titles[index] ?? '');
  }

  #use(panel: WaterfallPanel): void {
    this.#panels.delete(panel.traceId);
    this.#panels.set(panel.traceId, panel);
  }
}
