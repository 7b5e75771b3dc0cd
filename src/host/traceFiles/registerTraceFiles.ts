import { basename } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log, SearchAnswer } from '../../core/ports.ts';
import { registerCommand, registerTargetCommand } from '../commands.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import { ChosenTraces } from './chosenTraces.ts';
import { pickTraceOfFile } from './pickTraceOfFile.ts';
import { TraceFileEditors } from './traceFileEditors.ts';

export interface TraceFilesOptions {
  readonly engine: EngineSession;
  readonly waterfalls: Waterfalls;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  readonly log: Log;
}

/**
 * The editor of trace files, and opening one by command or from the explorer: there a file that is none is told of before
 * an editor is there.
 */
export function registerTraceFiles(options: TraceFilesOptions): Disposable {
  const { engine, waterfalls, memory, log } = options;
  const owned = new DisposableStore();
  const chosen = new ChosenTraces(memory);
  const editors = owned.add(new TraceFileEditors({ engine, waterfalls, chosen, log }));
  owned.add(
    registerCommand('spanhop.openTraceFile', log, async () => {
      const [file] = (await askFile()) ?? [];
      if (file) await openFile(file, engine, editors);
    }),
  );
  owned.add(
    registerTargetCommand('spanhop.openAsTrace', log, (file) =>
      openFile(vscode.Uri.file(file.fsPath), engine, editors),
    ),
  );
  return owned;
}

async function openFile(
  file: vscode.Uri,
  engine: EngineSession,
  editors: TraceFileEditors,
): Promise<void> {
  const path = file.fsPath;
  const found = await reading(path, (signal) => engine.call('tracesInFile', { path }, signal));
  if (found.traces.length < 2) return editors.open(file, undefined);
  const traceId = await pickTraceOfFile(path, () => Promise.resolve(found));
  if (traceId !== undefined) await editors.open(file, traceId);
}

/** A large file takes seconds: its reading is shown, and can be cancelled. */
const reading = (
  path: string,
  read: (signal: AbortSignal) => Promise<SearchAnswer>,
): Promise<SearchAnswer> =>
  vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Reading {0}…', basename(path)),
    },
    () => read(new AbortController().signal),
  ) as Promise<SearchAnswer>;

const askFile = () =>
  vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open Trace File'),
    openLabel: vscode.l10n.t('Open Trace'),
    filters: {
      [vscode.l10n.t('Trace files')]: ['json', 'jsonl', 'ndjson', 'gz', 'pb', 'proto', 'otlp'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
