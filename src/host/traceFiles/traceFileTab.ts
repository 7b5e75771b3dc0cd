import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { Log } from '../../core/ports.ts';
import { fileTraceKey } from '../../core/trace/fileTrace.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { WaterfallPanel } from '../waterfall/waterfallPanel.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import { CalmReading } from './calmReading.ts';
import type { ChosenTraces } from './chosenTraces.ts';
import { pickTraceOfFile } from './pickTraceOfFile.ts';
import type { TraceDocument } from './traceDocument.ts';
import { watchFile } from './watchFile.ts';

export interface TraceFileTabOptions {
  readonly document: TraceDocument;
  readonly panel: vscode.WebviewPanel;
  readonly engine: EngineSession;
  readonly waterfalls: Waterfalls;
  readonly chosen: ChosenTraces;
  readonly log: Log;
}

/** The editor of one trace file: shows one of its traces, and what becomes of the file. */
export class TraceFileTab implements Disposable {
  readonly #options: TraceFileTabOptions;
  readonly #owned = new DisposableStore();
  #waterfall: WaterfallPanel;

  constructor(options: TraceFileTabOptions) {
    this.#options = options;
    this.#waterfall = this.#open(options.chosen.of(options.document.uri.fsPath));
    const reading = this.#owned.add(new CalmReading(() => this.#fileChanged()));
    this.#owned.add(watchFile(options.document.uri, () => reading.changed()));
  }

  /** Shows another trace of the file, and again when the file is opened the next time. */
  show(traceId: string): void {
    const { document, chosen, waterfalls } = this.#options;
    chosen.keep(document.uri.fsPath, traceId);
    waterfalls.letGo(this.#waterfall);
    this.#waterfall = this.#open(traceId);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #open(traceId: string | undefined): WaterfallPanel {
    const { document, panel, waterfalls } = this.#options;
    return waterfalls.openInEditor(panel, fileTraceKey(document.path, traceId), {
      show: (other) => this.show(other),
      choose: () => this.#choose(),
    });
  }

  async #choose(): Promise<void> {
    const { document, engine } = this.#options;
    const { path } = document;
    const traceId = await pickTraceOfFile(path, (signal) =>
      engine.call('tracesInFile', { path }, signal),
    );
    if (traceId !== undefined && !this.#owned.disposed) this.show(traceId);
  }

  /** What was read stays where the file can't be read now: it may be half written. */
  async #fileChanged(): Promise<void> {
    try {
      await this.#waterfall.readAgain();
    } catch (error) {
      if (!isAbort(error)) this.#options.log.warn(`A trace file was not read: ${String(error)}`);
    }
  }
}
