import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { commandOf } from '../commands.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import { workspacePath } from '../paths.ts';
import { exceptionLenses, type ExceptionLens } from './exceptionLenses.ts';
import { lensLines, type LensLine } from './lensLines.ts';
import { LensChangeNotifier } from './lensChangeNotifier.ts';
import type { LensView } from './lensSettings.ts';
import { codeDocuments } from './openDocuments.ts';
import { traceLenses, type TraceLens } from './traceLenses.ts';
import type { TraceLines } from '../waterfall/traceLines.ts';

export interface LensOptions {
  readonly lines: FileLines;
  readonly traceLines: TraceLines;
  readonly view: LensView;
}

/** Lenses above handlers, calls and lines that threw, from what is known: nothing is asked of a source. */
export function registerLenses({ lines, traceLines, view }: LensOptions): Disposable {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const news = new LensChangeNotifier(() => changed.fire());
  owned.add(lines.onChange(() => news.tell()));
  owned.add(traceLines.onChange(() => news.tell()));
  owned.add(view.onChange(() => news.tell()));
  const lensesOf = (path: WorkspacePath, known: KnownLines): vscode.CodeLens[] => [
    ...traceLenses(traceLines.in(path), view.read()).map(traceLens),
    ...lensLines(known, view.read()).map(codeLens),
    ...(view.showsExceptions ? exceptionLenses(known, view.read()).map(exceptionLens) : []),
  ];
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
        const path = workspacePath(document.uri.fsPath);
        const known = lines.get(path);
        if (!(known instanceof Promise)) return lensesOf(path, known);
        void tellWhenKnown(known);
        return [];
      },
    }),
  );
  return owned;
}

function traceLens({ line, text, tooltip, spans }: TraceLens): vscode.CodeLens {
  const command = commandOf('spanhop.showLineSpans', text, spans);
  return new vscode.CodeLens(lineRange(line), { ...command, tooltip });
}

function exceptionLens({ line, text, tooltip, exception }: ExceptionLens): vscode.CodeLens {
  const command = commandOf('spanhop.openLatestTrace', text, exception);
  return new vscode.CodeLens(lineRange(line), { ...command, tooltip });
}

function codeLens(line: LensLine): vscode.CodeLens {
  const command =
    'call' in line
      ? commandOf('spanhop.showCallTrace', line.text, line.call)
      : 'code' in line
        ? commandOf('spanhop.goToSource', line.text, line.code)
        : 'cost' in line
          ? commandOf('spanhop.explain', line.text, line.cost)
          : line.handler.slowestTraceId === undefined && line.tooltip === line.handler.title
            ? { command: '', title: line.text }
            : commandOf('spanhop.showHandlerTraces', line.text, line.handler);
  return new vscode.CodeLens(lineRange(line.line), { ...command, tooltip: line.tooltip });
}

const lineRange = (line: number) => new vscode.Range(line - 1, 0, line - 1, 0);
