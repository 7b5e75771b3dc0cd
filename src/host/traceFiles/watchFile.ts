import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';

/** Tells that the file was written, made or put in another's place. */
export function watchFile(file: vscode.Uri, onChange: () => void): Disposable {
  const owned = new DisposableStore();
  // Of the whole folder: a name with brackets would be a pattern.
  const folder = vscode.Uri.joinPath(file, '..');
  const watcher = owned.add(
    vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, '*'),
      false,
      false,
      true,
    ),
  );
  const changed = (uri: vscode.Uri) => {
    if (uri.toString() === file.toString()) onChange();
  };
  owned.add(watcher.onDidChange(changed));
  owned.add(watcher.onDidCreate(changed));
  return owned;
}
