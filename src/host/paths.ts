import type { WorkspacePath } from '../core/code/location.ts';

/** A file's path as the code index spells it: `/` between parts, a Windows drive letter in lower case. */
export function workspacePath(fileSystemPath: string): WorkspacePath {
  const slashed = fileSystemPath.replaceAll('\\', '/');
  return /^[A-Z]:/.test(slashed) ? slashed.charAt(0).toLowerCase() + slashed.slice(1) : slashed;
}

/** True when `path` is in one of `folders` once `.` and `..` are resolved: span text can hold any path. */
export function isInside(path: WorkspacePath, folders: readonly WorkspacePath[]): boolean {
  const resolved = withoutDots(path);
  return folders.some((folder) =>
    resolved.startsWith(folder.endsWith('/') ? folder : `${folder}/`),
  );
}

/**
 * `path` from its folder: `src/orders/orders.controller.ts`, where there are several folders with the
 * folder's name before it; the folder itself by its name; the whole path where no folder holds it.
 */
export function shownPath(path: WorkspacePath, folders: readonly WorkspacePath[]): string {
  const folder = folders.find((candidate) => path === candidate || isInside(path, [candidate]));
  if (folder === undefined) return path;
  const root = folder.replace(/\/$/, '');
  const name = root.slice(root.lastIndexOf('/') + 1);
  if (path === folder) return name;
  const relative = path.slice(root.length + 1);
  return folders.length > 1 ? `${name}/${relative}` : relative;
}

function withoutDots(path: WorkspacePath): WorkspacePath {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
