import { isAbsolute, join } from 'node:path';
import { trackedPaths } from './gitIndex.ts';
import { reaches, type Reach } from './reach.ts';
import { readRegularFile, readSmallText, statRegularFile } from './regularFile.ts';

/** Of a repository with a million files. */
const maxIndexBytes = 256 * 1024 * 1024;
const maxNameBytes = 10_000;

/** What git keeps of a repository, read when first asked for: its index is read as it is, no program is run. */
export class TrackedFiles {
  readonly #top: string;
  readonly #reach: Reach;
  #paths: readonly string[] | undefined;

  /** @param top absolute: the folder with `.git`. */
  constructor(top: string, reach: Reach) {
    this.#top = top;
    this.#reach = reach;
  }

  /** Whether git keeps this file, or one in this folder (absolute, with `/`). */
  has(path: string): boolean {
    const paths = (this.#paths ??= readPaths(this.#top, this.#reach));
    const wanted = path.slice(this.#top.length + 1);
    const inside = `${wanted}/`;
    return (
      paths[firstFrom(paths, wanted)] === wanted ||
      (paths[firstFrom(paths, inside)]?.startsWith(inside) ?? false)
    );
  }
}

/** Sorted. */
function readPaths(top: string, reach: Reach): readonly string[] {
  return [...trackedPaths(readIndex(top, reach))].sort();
}

/** Where the first of sorted texts stands that isn't before `text`. */
function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readIndex(top: string, reach: Reach): Buffer {
  try {
    const index = join(gitFolder(top, reach), 'index');
    const { size } = statRegularFile(index);
    if (size > maxIndexBytes || !reaches(reach, index)) return noIndex;
    return readRegularFile(index, size);
  } catch {
    return noIndex; // A repository without a first commit has none.
  }
}

const noIndex = Buffer.alloc(0);

/** Of a worktree or a submodule `.git` is a file that names the folder. */
function gitFolder(top: string, reach: Reach): string {
  const own = join(top, '.git');
  const text = reaches(reach, own) ? readSmallText(own, maxNameBytes) : undefined;
  const named = /^gitdir: (.+)$/m.exec(text ?? '')?.[1];
  if (named === undefined) return own;
  return isAbsolute(named) ? named : join(top, named);
}
