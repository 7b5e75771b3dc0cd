import { loopsRunning } from '../../core/explain/callCosts.ts';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { CodeLocation, WorkspacePath } from '../../core/code/location.ts';
import { independentAwaitsSentence } from '../../core/correlate/calls/independentAwaits.ts';
import { repeatedCallSentence } from '../../core/correlate/calls/repeatedCall.ts';
import type { CallSiteLine } from '../../engine/methods.ts';
import { commandOf } from '../commands.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import { workspacePath } from '../paths.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import { costTarget } from './handlerTarget.ts';
import { codeDocuments, isCodeDocument } from './openDocuments.ts';

/** A problem of a call, and what shows it. */
class CallProblem extends vscode.Diagnostic {
  override readonly source = 'Spanhop';
  readonly line: CallSiteLine;

  constructor(range: vscode.Range, said: Said, line: CallSiteLine, loops: readonly CodeLocation[]) {
    super(range, said.sentence, vscode.DiagnosticSeverity.Information);
    this.code = said.code;
    this.line = line;
    this.relatedInformation = loops.map(({ path, line }) => {
      const place = new vscode.Location(vscode.Uri.file(path), new vscode.Position(line - 1, 0));
      return new vscode.DiagnosticRelatedInformation(place, vscode.l10n.t('The loop'));
    });
  }
}

/**
 * Calls that requests repeat, or await one by one without need, as information at their lines and in the Problems view,
 * in files that are open.
 */
export function registerProblems(lines: FileLines): Disposable {
  const owned = new DisposableStore();
  const collection = owned.add(vscode.languages.createDiagnosticCollection('spanhop'));
  const show = async (document: vscode.TextDocument) => {
    if (!isCodeDocument(document)) return;
    const asked = askedProblems();
    const isOn = asked.repeated || asked.independent;
    const known = isOn ? await lines.get(workspacePath(document.uri.fsPath)) : undefined;
    if (document.isClosed) return;
    collection.set(document.uri, known === undefined ? [] : problemsOf(known, document, asked));
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
            one instanceof CallProblem && one.range.intersection(range)
              ? [openTrace(one), explain(one)]
              : [],
          ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  showAll();
  return owned;
}

/** Which problems the settings ask for. */
interface AskedProblems {
  readonly repeated: boolean;
  readonly independent: boolean;
}

const askedProblems = (): AskedProblems => ({
  repeated: readSetting('spanhop.problems.repeatedCalls'),
  independent: readSetting('spanhop.problems.independentAwaits'),
});

function problemsOf(
  { calls }: KnownLines,
  document: vscode.TextDocument,
  asked: AskedProblems,
): readonly CallProblem[] {
  return calls.flatMap(({ line, lineNumber }) => {
    const { call, cost } = line;
    const loops = loopsRunning(call, cost);
    const said = saidOf(line, loops, asked);
    if (said === undefined || lineNumber > document.lineCount) return [];
    const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(lineNumber - 1);
    const code = range.with(range.start.translate(0, firstNonWhitespaceCharacterIndex));
    return [new CallProblem(code, said, line, loops)];
  });
}

interface Said {
  readonly code: 'repeated-calls' | 'independent-awaits';
  readonly sentence: string;
}

/** One problem a line: where a call is repeated and awaited one by one, it says both. */
function saidOf(
  { call, figures, independent }: CallSiteLine,
  loops: readonly CodeLocation[],
  asked: AskedProblems,
): Said | undefined {
  const repeated =
    asked.repeated && figures ? repeatedCallSentence(call, figures, loops) : undefined;
  const awaits =
    asked.independent && independent
      ? independentAwaitsSentence(call, independent, repeated !== undefined)
      : undefined;
  if (repeated === undefined)
    return awaits === undefined ? undefined : { code: 'independent-awaits', sentence: awaits };
  const sentence = awaits === undefined ? repeated : `${repeated} ${awaits}`;
  return { code: 'repeated-calls', sentence };
}

function openTrace(problem: CallProblem): vscode.CodeAction {
  const { call, figures } = problem.line;
  const title = vscode.l10n.t('Open the Trace with the Most Calls');
  const target = { traceId: figures?.worstTraceId ?? '', location: call.location };
  return quickFix(problem, commandOf('spanhop.showCallTrace', title, target));
}

/** Of the handler that the call costs most, else of the trace with the most calls. */
function explain(problem: CallProblem): vscode.CodeAction {
  const { call, cost, figures } = problem.line;
  const title = vscode.l10n.t('Why Is It Slow?');
  const target = cost ? costTarget(cost, call.location) : { traceId: figures?.worstTraceId ?? '' };
  return quickFix(problem, commandOf('spanhop.explain', title, target));
}

function quickFix(problem: CallProblem, command: vscode.Command): vscode.CodeAction {
  const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
  action.command = command;
  action.diagnostics = [problem];
  return action;
}
