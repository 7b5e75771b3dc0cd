import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { workspaceFolders } from '../editor/openCode.ts';
import { shownPath, workspacePath } from '../paths.ts';

/** How a file is asked for. */
export interface FileWanted {
  /** Of the dialog. */
  readonly title: string;
  /** What it is called unless the user says otherwise. */
  readonly name: string;
  /** As `showSaveDialog` takes them. */
  readonly filters: Readonly<Record<string, string[]>>;
}

const shownMs = 4_000;

/** Asks where to save a file, has it written there, and says so in the status bar. */
export async function saveFile(
  { title, name, filters }: FileWanted,
  write: (target: vscode.Uri) => PromiseLike<unknown>,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters,
  });
  if (!target) return;
  await write(target);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Saved {0}.', shownPath(workspacePath(target.fsPath), workspaceFolders())),
    shownMs,
  );
}
