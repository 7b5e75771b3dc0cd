import type { WorkspacePath } from '../../core/code/location.ts';

/**
 * Where a folder of `spanhop.services` may be, best first: an absolute path as it is; else below each
 * workspace folder, or from the workspace folder whose name it begins with (`shop/services/api`).
 */
export function serviceFolderCandidates(
  folder: string,
  workspaceFolders: readonly WorkspacePath[],
): readonly WorkspacePath[] {
  const slashed = folder.replaceAll('\\', '/').replace(/\/+$/, '');
  if (/^(?:\/|[A-Za-z]:\/)/.test(slashed)) return [slashed];
  const relative = slashed.replace(/^\.(?:\/|$)/, '');
  const [first = '', ...rest] = relative.split('/');
  const named = workspaceFolders.filter((root) => root.endsWith(`/${first}`));
  return [
    ...workspaceFolders.map((root) => joined(root, relative)),
    ...named.map((root) => joined(root, rest.join('/'))),
  ];
}

/** How `spanhop.services` spells a folder: from its workspace folder; `.` for the workspace folder itself. */
export function serviceFolderSetting(
  folder: WorkspacePath,
  workspaceFolders: readonly WorkspacePath[],
): string {
  for (const root of workspaceFolders) {
    if (folder === root) return workspaceFolders.length === 1 ? '.' : nameOf(root);
    if (!folder.startsWith(`${root}/`)) continue;
    const relative = folder.slice(root.length + 1);
    return workspaceFolders.length === 1 ? relative : `${nameOf(root)}/${relative}`;
  }
  return folder;
}

const nameOf = (path: WorkspacePath) => path.slice(path.lastIndexOf('/') + 1);
const joined = (root: WorkspacePath, relative: string) =>
  relative === '' ? root : `${root}/${relative}`;
