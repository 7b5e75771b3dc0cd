import { realpath } from 'node:fs/promises';
import type { WorkspacePath } from '../core/code/location.ts';
import { isInside, workspacePath } from './paths.ts';

/** Where a path leads. */
export interface RealPlace {
  /** Without links; the path itself where there is no such file, or the file system doesn't say. */
  readonly path: WorkspacePath;
  readonly isInside: boolean;
}

/**
 * Whether a path leads into one of the folders once links are followed, in the path as in the folders: a folder that
 * is a link itself holds what it leads to, and a link in it holds nothing outside.
 */
export async function realPlace(
  path: WorkspacePath,
  folders: readonly WorkspacePath[],
): Promise<RealPlace> {
  if (!isInside(path, folders)) return { path, isInside: false };
  try {
    const real = workspacePath(await realpath(path));
    return { path: real, isInside: isInside(real, await Promise.all(folders.map(withoutLinks))) };
  } catch (error) {
    // Nothing is opened where there is nothing.
    return { path, isInside: (error as NodeJS.ErrnoException).code === 'ENOENT' };
  }
}

async function withoutLinks(folder: WorkspacePath): Promise<WorkspacePath> {
  try {
    return workspacePath(await realpath(folder));
  } catch {
    return folder;
  }
}
