import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { abortError } from '../abort.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { isMatch } from '../../core/matching/match.ts';
import type { Log } from '../../core/ports.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import { titledTrace, type TitledTrace } from '../../core/waterfall/traceTitles.ts';
import type { EngineSpanDetail } from '../../engine/methods.ts';
import { Rpc, type Handlers } from '../../protocol/rpc.ts';
import {
  protocolVersion,
  type OpenedTrace,
  type WaterfallHostEvents,
  type WaterfallHostMethods,
  type WaterfallPageEvents,
  type WaterfallPageMethods,
} from '../../protocol/waterfall.ts';
import { waterfallHtml } from '../../protocol/waterfallHtml.ts';
import { refineBySymbols } from '../code/languageSymbols.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import {
  workspaceFolders,
  type CodeOpener,
  type OpenAnswer,
  type OpenManner,
} from '../editor/openCode.ts';
import { workspacePath } from '../paths.ts';
import { readSetting } from '../settings/settings.ts';
import type { SpanTarget } from '../targets.ts';
import { ShownTrace } from './shownTrace.ts';
import { panelChannel } from './panelChannel.ts';
import {
  readAttributeCondition,
  readCopy,
  readOpenCode,
  readOpenFrame,
  readOpenLinkedTrace,
  readOpenPeer,
  readRowRequest,
} from './requestShapes.ts';
import { chosenFrame, chosenLocation, shownDetail, shownPeers } from './shownDetail.ts';

export interface WaterfallPanelOptions {
  readonly traceId: string;
  readonly panel: vscode.WebviewPanel;
  readonly engine: EngineSession;
  readonly opener: CodeOpener;
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  /** Opens another trace, once it is known to be there. */
  readonly openTrace: (traceId: string, signal: AbortSignal) => Promise<void>;
  readonly onRead: () => void;
  /** A key or the mouse was used in the page. */
  readonly onUse: () => void;
  /** The trace that its tab is named after was read. */
  readonly onTitled: () => void;
}

/** A page that was hidden in the meantime never answers. */
const pageTimeoutMs = 5_000;

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
  #titled: TitledTrace | undefined;
  /** Settled once the page has its trace; a reloaded page sets it anew. */
  #ready = Promise.withResolvers<undefined>();

  constructor(options: WaterfallPanelOptions) {
    this.#options = options;
    this.traceId = options.traceId;
    const { panel, extensionUri } = options;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'waterfall.svg');
    this.#trace = new ShownTrace({
      traceId: options.traceId,
      engine: options.engine,
      send: (opened) => {
        this.#setTitle(opened);
        this.#rpc.emit('traceChanged', opened);
      },
    });
    this.#rpc = this.#owned.add(
      new Rpc(panelChannel(panel.webview), this.#handlers(), () => options.onUse()),
    );
    panel.webview.html = waterfallHtml({
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'waterfall.js')).toString(),
      styleUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'waterfall.css')).toString(),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: panel.title,
      traceId: options.traceId,
      language: vscode.env.language,
    });
  }

  /** What its tab says, once its trace was read. */
  get titled(): TitledTrace | undefined {
    return this.#titled;
  }

  setTitle(title: string): void {
    this.#options.panel.title = title;
  }

  /** A hidden page is let go: it will ask for its trace again when shown. */
  hidden(): void {
    this.#trace.close();
    const before = this.#ready;
    this.#ready = Promise.withResolvers();
    before.resolve(this.#ready.promise);
  }

  /** Shows the page; one that is on the screen already gets what has arrived of its trace since. */
  async reveal(manner: OpenManner): Promise<void> {
    this.#options.panel.reveal(undefined, manner === 'look');
    await this.#trace.readAgain();
  }

  /**
   * Shows the page and selects the spans of the method around the line, when there are any.
   * @returns how many there are, and the method's name.
   */
  async selectSpansAt({ path, line }: CodeLocation): Promise<{ count: number; symbol: string }> {
    const { engine, panel } = this.#options;
    if (panel.visible) await this.#ready.promise;
    const at = { traceId: this.traceId, path: workspacePath(path), line };
    const { rows, symbol } = await this.#trace.ofKept(() => engine.call('rowsAt', at));
    if (rows.length > 0) {
      panel.reveal();
      await this.#ready.promise;
      const label = vscode.l10n.t('Spans of {0}', symbol || `${line}`);
      await this.#rpc.call('selectRows', { rows, label }, AbortSignal.timeout(pageTimeoutMs));
    }
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

  async focusFilter(): Promise<void> {
    await this.#ready.promise;
    await this.#rpc.call('focusFilter', {}, AbortSignal.timeout(pageTimeoutMs));
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
    this.#ready.promise.catch(() => undefined); // nobody waits for a closed panel's page
    this.#ready.reject(abortError());
    this.#owned.dispose();
  }

  #handlers(): Handlers<WaterfallHostMethods> {
    const { openTrace, opener } = this.#options;
    return {
      ready: async (params, signal) => {
        const trace = await this.#openTrace(params, signal);
        setImmediate(() => {
          this.#ready.resolve(undefined);
        });
        return { trace, messages: vscode.l10n.bundle ?? {} };
      },
      spanDetail: async (params, signal) =>
        shownDetail(await this.#refined(readRowRequest(params).row, signal), workspaceFolders()),
      openCode: async (params, signal) => {
        const { row, alternative, beside } = readOpenCode(params);
        const detail = await this.#refined(row, signal);
        const location = chosenLocation(detail, alternative);
        return location
          ? opener.open(location, { besideOf: this.#column(beside), manner: 'keep', signal })
          : { opened: false, reason: detail.match.reason };
      },
      previewCode: async (params, signal) => {
        const { row } = readRowRequest(params);
        if (!previewsOnClick()) return { opened: false, reason: '' };
        const location = chosenLocation(await this.#refined(row, signal), undefined);
        return location
          ? opener.open(location, { besideOf: this.#column(true), manner: 'look', signal })
          : { opened: false, reason: '' };
      },
      openFrame: async (params, signal) => {
        const { row, stack, frame, beside } = readOpenFrame(params);
        const location = chosenFrame(await this.#trace.detail(row, signal), stack, frame);
        return location
          ? opener.open(location, { besideOf: this.#column(beside), manner: 'go', signal })
          : { opened: false, reason: vscode.l10n.t("This frame isn't in the workspace.") };
      },
      linkedPeers: async (params, signal) =>
        shownPeers(await this.#trace.peers(readRowRequest(params).row, signal), workspaceFolders()),
      openPeer: async (params, signal) => {
        const { row, peer, beside } = readOpenPeer(params);
        const match = (await this.#trace.peers(row, signal))[peer]?.match;
        return match && isMatch(match)
          ? opener.open(match.location, { besideOf: this.#column(beside), manner: 'go', signal })
          : { opened: false, reason: match?.reason ?? vscode.l10n.t('No code location.') };
      },
      openLinkedTrace: async (params, signal): Promise<OpenAnswer> => {
        const { row, link } = readOpenLinkedTrace(params);
        const linked = (await this.#trace.detail(row, signal)).links[link];
        if (!linked)
          return { opened: false, reason: vscode.l10n.t("The span doesn't have this link.") };
        await openTrace(linked.traceId, signal);
        return { opened: true, reason: '' };
      },
      rowsWithAttribute: (params, signal) =>
        this.#trace.rowsWithAttribute(readAttributeCondition(params), signal),
      copy: async (params) => {
        await vscode.env.clipboard.writeText(readCopy(params).text);
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
    const { onRead } = this.#options;
    const opened = await this.#trace.open(signal);
    onRead();
    this.#setTitle(opened);
    return opened;
  }

  #setTitle({ shape }: OpenedTrace): void {
    this.#titled = titledTrace(shape);
    this.#options.onTitled();
  }

  /** The column that code is opened beside; undefined: it is opened here. */
  #column(beside: boolean): vscode.ViewColumn | undefined {
    return beside ? this.#options.panel.viewColumn : undefined;
  }

  /** With what the editor's extensions know of languages that the index doesn't read. */
  async #refined(row: EngineSpanDetail['row'], signal: AbortSignal): Promise<EngineSpanDetail> {
    const detail = await this.#trace.detail(row, signal);
    const match = await refineBySymbols(detail.match, detail.attributes, workspaceFolders());
    return { ...detail, match };
  }
}

/** A click previews, unless the user wants no such thing here or in any list of the editor. */
const previewsOnClick = (): boolean =>
  readSetting('spanhop.waterfall.previewOnClick') &&
  vscode.workspace.getConfiguration('workbench.list').get('openMode') !== 'doubleClick';
