import * as vscode from 'vscode';
import type { WorkspaceSettings } from '../../engine/methods.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { workspacePath } from '../paths.ts';
import { excludedGlobs, readSetting } from '../settings/settings.ts';
import { serviceFolderCandidates } from './serviceFolders.ts';

/** What is to be indexed: every workspace folder, with the services the user has placed. */
export async function readWorkspaceSettings(storage: vscode.Uri): Promise<WorkspaceSettings> {
  const folders = workspaceFolders();
  const placed: Record<string, string> = {};
  for (const [service, folder] of Object.entries(readSetting('spanhop.services'))) {
    const found = await firstFolder(serviceFolderCandidates(folder, folders));
    if (found !== undefined) placed[service] = found;
  }
  return {
    folders,
    cacheFolder: workspacePath(vscode.Uri.joinPath(storage, 'facts').fsPath),
    exclude: excludedGlobs(),
    serviceFolders: placed,
  };
}

/** Settings after whose change the workspace is indexed again. */
export const workspaceSettingIds = ['spanhop.services', 'files.exclude'] as const;

async function firstFolder(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    try {
      const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(candidate));
      if ((type & vscode.FileType.Directory) !== 0) return candidate;
    } catch {
      continue; // not in this workspace folder
    }
  }
  return undefined;
}
