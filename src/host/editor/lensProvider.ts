import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { commandOf } from '../commands.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import { workspacePath } from '../paths.ts';
import { lensLines, type LensLine } from './lensLines.ts';
import { LensChangeNotifier } from './lensChangeNotifier.ts';
import type { LensView } from './lensSettings.ts';
import { codeDocuments } from './openDocuments.ts';

export interface LensOptions {
  readonly lines: FileLines;
  readonly view: LensView;
}

/** Lenses above handlers and repeated Prisma calls, from what is known: nothing is asked of a source. */
export function registerLenses({ lines, view }: LensOptions): Disposable {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const news = new LensChangeNotifier(() => changed.fire());
  owned.add(lines.onChange(() => news.tell()));
  owned.add(view.onChange(() => news.tell()));
  const lensesOf = (known: KnownLines): vscode.CodeLens[] =>
    lensLines(known, view.read()).map(codeLens);
  /** VS Code waits before it asks again for as long as answers took: so none is waited for. */
  const tellWhenKnown = async (reading: Promise<KnownLines | undefined>) => {
    if ((await reading) !== undefined) news.tell();
  };
  owned.add(
    vscode.languages.registerCodeLensProvider(codeDocuments, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        news.asked();
        if (view.read().mode === 'off' || view.read().mode === 'hoverOnly') return [];
        const known = lines.get(workspacePath(document.uri.fsPath));
        if (!(known instanceof Promise)) return lensesOf(known);
        void tellWhenKnown(known);
        return [];
      },
    }),
  );
  return owned;
}

function codeLens(line: LensLine): vscode.CodeLens {
  const command =
    'call' in line
      ? commandOf('spanhop.showCallTrace', line.text, line.call)
      : 'indexed' in line
        ? commandOf('spanhop.goToSource', line.text, line.indexed)
        : line.handler.slowestTraceId === undefined && line.tooltip === line.handler.title
          ? { command: '', title: line.text }
          : commandOf('spanhop.showHandlerTraces', line.text, line.handler);
  const at = new vscode.Range(line.line - 1, 0, line.line - 1, 0);
  return new vscode.CodeLens(at, { ...command, tooltip: line.tooltip });
}
