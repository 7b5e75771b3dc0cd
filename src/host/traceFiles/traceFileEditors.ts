import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { traceFileViewType } from '../contributions.ts';
import { openTraceDocument, type TraceDocument } from './traceDocument.ts';
import { TraceFileTab, type TraceFileTabOptions } from './traceFileTab.ts';

export type TraceFileEditorsOptions = Omit<TraceFileTabOptions, 'document' | 'panel'>;

/** The custom editor of trace files, of any name: the waterfall of the file's trace. */
export class TraceFileEditors
  implements vscode.CustomReadonlyEditorProvider<TraceDocument>, Disposable
{
  readonly #options: TraceFileEditorsOptions;
  readonly #owned = new DisposableStore();
  /** By URI: VS Code opens one for a file. */
  readonly #tabs = new Map<string, TraceFileTab>();

  constructor(options: TraceFileEditorsOptions) {
    this.#options = options;
    this.#owned.add(vscode.window.registerCustomEditorProvider(traceFileViewType, this));
  }

  openCustomDocument(uri: vscode.Uri): Promise<TraceDocument> {
    return openTraceDocument(uri);
  }

  resolveCustomEditor(document: TraceDocument, panel: vscode.WebviewPanel): void {
    const tab = new TraceFileTab({ ...this.#options, document, panel });
    const key = document.uri.toString();
    this.#tabs.set(key, tab);
    panel.onDidDispose(() => {
      tab.dispose();
      if (this.#tabs.get(key) === tab) this.#tabs.delete(key);
    });
  }

  /** Opens the file, at that trace where it has several. */
  async open(file: vscode.Uri, traceId: string | undefined): Promise<void> {
    if (traceId !== undefined) {
      this.#options.chosen.keep(file.fsPath, traceId);
      this.#tabs.get(file.toString())?.show(traceId);
    }
    await vscode.commands.executeCommand('vscode.openWith', file, traceFileViewType);
  }

  dispose(): void {
    this.#owned.dispose();
    for (const tab of this.#tabs.values()) tab.dispose();
    this.#tabs.clear();
  }
}
