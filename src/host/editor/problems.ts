import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { repeatedCallSentence } from '../../core/correlate/repeatedCall.ts';
import { commandOf } from '../commands.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import { workspacePath } from '../paths.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import type { CallTarget } from '../targets.ts';
import { codeDocuments, isCodeDocument } from './openDocuments.ts';

/** A problem, and the trace that shows it. */
class RepeatedCall extends vscode.Diagnostic {
  override readonly source = 'Spanhop';
  override readonly code = 'repeated-calls';
  readonly call: CallTarget;

  constructor(range: vscode.Range, sentence: string, call: CallTarget) {
    super(range, sentence, vscode.DiagnosticSeverity.Information);
    this.call = call;
  }
}

/** Calls that requests repeat, as information at their lines and in the Problems view, in files that are open. */
export function registerProblems(lines: FileLines): Disposable {
  const owned = new DisposableStore();
  const collection = owned.add(vscode.languages.createDiagnosticCollection('spanhop'));
  const show = async (document: vscode.TextDocument) => {
    if (!isCodeDocument(document)) return;
    const isOn = readSetting('spanhop.problems.repeatedCalls');
    const known = isOn ? await lines.get(workspacePath(document.uri.fsPath)) : undefined;
    if (document.isClosed) return;
    collection.set(document.uri, known === undefined ? [] : repeatedCalls(known, document));
  };
  const showAll = (path?: WorkspacePath) => {
    for (const document of vscode.workspace.textDocuments)
      if (path === undefined || workspacePath(document.uri.fsPath) === path) void show(document);
  };
  owned.add(lines.onChange(showAll));
  owned.add(onSettingsChange(['spanhop.problems'], () => showAll()));
  owned.add(vscode.workspace.onDidOpenTextDocument((document) => void show(document)));
  owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)));
  owned.add(
    vscode.languages.registerCodeActionsProvider(
      codeDocuments,
      {
        provideCodeActions: ({ uri }, range) =>
          (collection.get(uri) ?? []).flatMap((one) =>
            one instanceof RepeatedCall && one.range.intersection(range) ? [openTrace(one)] : [],
          ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  showAll();
  return owned;
}

function repeatedCalls(
  { calls }: KnownLines,
  document: vscode.TextDocument,
): readonly RepeatedCall[] {
  return calls.flatMap(({ line: { call, figures }, lineNumber }) => {
    const sentence = figures && repeatedCallSentence(call, figures);
    if (sentence === undefined || lineNumber > document.lineCount) return [];
    const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(lineNumber - 1);
    const code = range.with(range.start.translate(0, firstNonWhitespaceCharacterIndex));
    const { location } = call;
    return [new RepeatedCall(code, sentence, { traceId: figures?.worstTraceId ?? '', location })];
  });
}

function openTrace(problem: RepeatedCall): vscode.CodeAction {
  const title = vscode.l10n.t('Open the Trace with the Most Calls');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = commandOf('spanhop.showCallTrace', title, problem.call);
  action.diagnostics = [problem];
  return action;
}
