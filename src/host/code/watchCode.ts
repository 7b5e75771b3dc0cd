import * as vscode from 'vscode';
import { DisposableStore, disposable, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import type { FileChange } from '../../engine/methods.ts';
import { isCodeDocument, openCode, unsavedCode } from '../editor/openDocuments.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { workspacePath } from '../paths.ts';
import { onSettingsChange } from '../settings/settings.ts';
import type { FileLines } from './fileLines.ts';
import type { TextEdit } from './lineShift.ts';
import { meaningOf } from './sourceFiles.ts';
import { workspaceSettingIds } from './workspaceSettings.ts';

export interface WatchCodeOptions {
  readonly engine: EngineSession;
  /** What moves with an edit until the index has read it. */
  readonly moving: readonly Moving[];
  readonly log: Log;
}

/** Knows lines of files. */
type Moving = Pick<FileLines, 'edited'>;

/** A branch switch brings hundreds of events; typing one a keystroke. */
const pauseMs = 300;

/** Keeps the code index up with files, unsaved text, folders and settings, once it is in use. */
export function watchCode({ engine, moving, log }: WatchCodeOptions): Disposable {
  const owned = new DisposableStore();
  const changes = new Map<WorkspacePath, FileChange>();
  let everything = false;
  let timer: NodeJS.Timeout | undefined;
  const send = async () => {
    timer = undefined;
    const batch = [...changes.values()];
    const all = everything;
    changes.clear();
    everything = false;
    try {
      if (all) await engine.workspaceChanged();
      if (batch.length > 0) await engine.call('filesChanged', { changes: batch });
    } catch (error) {
      if (!isAbort(error)) log.error('Failed to read code changes.', error);
    }
  };
  const later = () => {
    if (!engine.started) return;
    clearTimeout(timer);
    timer = setTimeout(() => void send(), pauseMs);
  };
  // Text that was left unsaved comes back with the window.
  const shown = new Set(unsavedCode().map(({ path }) => path));
  const changed = (change: FileChange) => {
    if (typeof change.text === 'string') shown.add(change.path);
    changes.set(change.path, change);
    later();
  };
  const reindex = () => {
    everything = true;
    later();
  };
  watchFiles(owned, changed, reindex);
  watchText(owned, changed, moving);
  owned.add(
    vscode.workspace.onDidCloseTextDocument((document) => {
      const path = workspacePath(document.uri.fsPath);
      if (shown.delete(path)) changed({ path }); // unsaved text may have been given up
    }),
  );
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(reindex));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(reindex));
  owned.add(onSettingsChange(workspaceSettingIds, reindex));
  owned.add(disposable(() => clearTimeout(timer)));
  return owned;
}

function watchFiles(
  owned: DisposableStore,
  changed: (change: FileChange) => void,
  reindex: () => void,
): void {
  const watcher = owned.add(vscode.workspace.createFileSystemWatcher('**/*'));
  const onFile = (uri: vscode.Uri, gone: boolean) => {
    const path = workspacePath(uri.fsPath);
    switch (meaningOf(path)) {
      case 'code':
      case 'otherCode':
      case 'settings':
        // What the editor shows counts: what is told of the file may be older than that.
        changed(gone ? { path, text: null } : (openCode(path) ?? { path }));
        return;
      case 'folder':
        reindex();
        return;
      case 'other':
    }
  };
  owned.add(watcher.onDidCreate((uri) => onFile(uri, false)));
  owned.add(watcher.onDidDelete((uri) => onFile(uri, true)));
  owned.add(
    watcher.onDidChange((uri) => {
      const meaning = meaningOf(workspacePath(uri.fsPath));
      if (meaning === 'code' || meaning === 'settings') onFile(uri, false);
    }),
  );
}

function watchText(
  owned: DisposableStore,
  changed: (change: FileChange) => void,
  moving: readonly Moving[],
): void {
  owned.add(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !isCodeDocument(document)) return;
      const path = workspacePath(document.uri.fsPath);
      const edits = contentChanges.map(textEdit);
      for (const one of moving) one.edited(path, edits);
      changed({ path, text: document.getText() });
    }),
  );
}

const textEdit = ({ range, text }: vscode.TextDocumentContentChangeEvent): TextEdit => ({
  start: { line: range.start.line + 1, column: range.start.character + 1 },
  end: { line: range.end.line + 1, column: range.end.character + 1 },
  lineBreaks: text.split('\n').length - 1,
});
