import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';

/** The files of a database, in the order to move them: without its log it is whole, but older. */
export const filesOf = (path: string): readonly string[] => [`${path}-wal`, `${path}-shm`, path];
/** Stores kept under another name; the oldest beyond them is deleted. */
const mostKept = 3;

/**
 * Gives a store that can't be used another name, so that a new one can have its own.
 * @returns the path it has now.
 * @throws SourceError `failed` when the system refuses.
 */
export function putAside(path: string, why: 'damaged' | 'newer' | 'unusable'): string {
  const { stem, extension } = partsOf(path);
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-').replace('Z', '');
  const kept = join(dirname(path), `${stem}.${why}-${time}${extension}`);
  try {
    for (const file of filesOf(path))
      if (existsSync(file)) renameSync(file, kept + file.slice(path.length));
  } catch (error) {
    throw new SourceError(
      'failed',
      message(
        "The trace database {0} is damaged and couldn't be renamed. Close other VS Code windows, or delete the file.",
        path,
      ),
      String(error),
      error instanceof Error ? error : undefined,
    );
  }
  deleteOldest(path);
  return kept;
}

function partsOf(path: string) {
  const extension = extname(path);
  return { stem: basename(path, extension), extension };
}

/** Names are by time. One that a newer Spanhop wrote is whole, and a folder is somebody's: they stay. */
function deleteOldest(path: string): void {
  const folder = dirname(path);
  const { stem, extension } = partsOf(path);
  const kept = readdirSync(folder)
    .filter((name) => /^\.(?:damaged|unusable)-[\dT-]+$/.test(middleOf(name, stem, extension)))
    .map((name) => join(folder, name))
    .filter((one) => statSync(one).isFile())
    .sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  for (const file of kept.slice(0, -mostKept).flatMap(filesOf)) rmSync(file, { force: true });
}

const middleOf = (name: string, stem: string, extension: string): string =>
  name.startsWith(stem) && name.endsWith(extension)
    ? name.slice(stem.length, name.length - extension.length)
    : '';

const timeOf = (path: string): string => path.slice(path.lastIndexOf('T') - 10);
