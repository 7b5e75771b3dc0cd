import { folderOf } from '../../core/code/language/program/paths.ts';
import { isRegularFile } from './regularFile.ts';

/** Folders above a workspace that are looked at. */
const mostLevels = 16;

/** Whether a folder is the top of a git repository, of a worktree or of a submodule. */
export const isRepositoryTop = (folder: string): boolean =>
  isRegularFile(`${folder}/.git/HEAD`) || isRegularFile(`${folder}/.git`);

/** The folders between a folder and the top of its repository, nearest first and the top included; none without one. */
export function foldersAbove(folder: string): readonly string[] {
  const above: string[] = [];
  let at = folder;
  while (!isRepositoryTop(at)) {
    at = folderOf(at);
    if (at === '' || above.length >= mostLevels) return [];
    above.push(at);
  }
  return above;
}
