import * as vscode from 'vscode';
import { disposable, DisposableStore, type Disposable } from '../../core/base/disposable.ts';

/** Whoever writes a file does so in several steps. */
const quietMs = 300;

/** Tells, once it is quiet again, that the file was written, made or put in another's place. */
export function watchFile(file: vscode.Uri, onChange: () => void): Disposable {
  const owned = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
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
    if (uri.toString() !== file.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };
  owned.add(watcher.onDidChange(changed));
  owned.add(watcher.onDidCreate(changed));
  owned.add(disposable(() => clearTimeout(timer)));
  return owned;
}
