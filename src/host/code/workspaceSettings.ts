import * as vscode from 'vscode';
import type { WorkspacePath } from '../../core/code/location.ts';
import type { WorkspaceSettings } from '../../engine/methods.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { unsavedCode } from '../editor/openDocuments.ts';
import { workspacePath } from '../paths.ts';
import { excludedGlobs, readSetting } from '../settings/settings.ts';
import { serviceFolderCandidates } from './serviceFolders.ts';

/** What is to be indexed: every workspace folder, with the services the user has placed. */
export async function readWorkspaceSettings(storage: vscode.Uri): Promise<WorkspaceSettings> {
  const folders = workspaceFolders();
  const services = await placed(readSetting('spanhop.services'), folders);
  const mappings = await placed(readSetting('spanhop.pathMappings'), folders);
  return {
    folders,
    isTrusted: vscode.workspace.isTrusted,
    cacheFolder: workspacePath(vscode.Uri.joinPath(storage, 'facts').fsPath),
    exclude: excludedGlobs(),
    serviceFolders: Object.fromEntries(services),
    pathMappings: mappings.map(([from, to]) => ({ from, to })),
    unsaved: unsavedCode(),
  };
}

/** Settings after whose change the workspace is indexed again. */
export const workspaceSettingIds = [
  'spanhop.services',
  'spanhop.pathMappings',
  'files.exclude',
] as const;

/** The entries of a setting whose folders exist. */
async function placed(
  setting: Readonly<Record<string, string>>,
  workspaceFolders: readonly WorkspacePath[],
): Promise<readonly (readonly [name: string, folder: WorkspacePath])[]> {
  const found = await Promise.all(
    Object.entries(setting).map(async ([name, folder]) => {
      const existing = await firstFolder(serviceFolderCandidates(folder, workspaceFolders));
      return existing === undefined ? [] : [[name, existing] as const];
    }),
  );
  return found.flat();
}

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
