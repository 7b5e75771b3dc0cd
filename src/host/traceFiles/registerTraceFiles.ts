import { basename } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import type { Log, SearchAnswer } from '../../core/ports.ts';
import { registerCommand, registerTargetCommand } from '../commands.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { withoutLinks } from '../labels.ts';
import { LongWork } from '../longWork.ts';
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

/** Of a small file, showing that it is being read would only flicker. */
const patienceMs = 500;

/** A large file takes seconds: its reading is shown, and can be cancelled. */
async function reading(
  path: string,
  read: (signal: AbortSignal) => Promise<SearchAnswer>,
): Promise<SearchAnswer> {
  const stop = new AbortController();
  const found = read(stop.signal);
  const location = vscode.ProgressLocation.Notification;
  const title = withoutLinks(vscode.l10n.t('Reading {0}…', visibleText(basename(path))));
  const work = new LongWork(patienceMs, (isLong) => {
    if (!isLong) return;
    void vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => stop.abort());
      return found.catch(() => undefined); // who asked is told
    });
  });
  work.follow(true);
  return found.finally(() => work.dispose());
}

const askFile = () =>
  vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open Trace File'),
    openLabel: vscode.l10n.t('Open Trace'),
    filters: {
      [vscode.l10n.t('Trace files')]: ['json', 'jsonl', 'ndjson', 'gz', 'pb', 'proto', 'otlp'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
