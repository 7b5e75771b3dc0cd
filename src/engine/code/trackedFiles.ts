import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { trackedPaths } from './gitIndex.ts';

/** Of a repository with a million files. */
const maxIndexBytes = 256 * 1024 * 1024;

/** What git keeps of a repository, read when first asked for: its index is read as it is, no program is run. */
export class TrackedFiles {
  readonly #top: string;
  #paths: Promise<readonly string[]> | undefined;

  /** @param top absolute: the folder with `.git`. */
  constructor(top: string) {
    this.#top = top;
  }

  /** Whether git keeps this file, or one in this folder (absolute, with `/`). */
  async has(path: string): Promise<boolean> {
    this.#paths ??= readPaths(this.#top);
    const paths = await this.#paths;
    const wanted = path.slice(this.#top.length + 1);
    const inside = `${wanted}/`;
    return (
      paths[firstFrom(paths, wanted)] === wanted ||
      (paths[firstFrom(paths, inside)]?.startsWith(inside) ?? false)
    );
  }
}

/** Sorted. */
async function readPaths(top: string): Promise<readonly string[]> {
  return [...trackedPaths(await readIndex(top))].sort();
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

async function readIndex(top: string): Promise<Buffer> {
  try {
    const index = join(await gitFolder(top), 'index');
    return (await stat(index)).size > maxIndexBytes ? Buffer.alloc(0) : await readFile(index);
  } catch {
    return Buffer.alloc(0); // A repository without a first commit has none.
  }
}

/** Of a worktree or a submodule `.git` is a file that names the folder. */
async function gitFolder(top: string): Promise<string> {
  const own = join(top, '.git');
  if ((await stat(own)).isDirectory()) return own;
  const [, named = ''] = /^gitdir: (.+)$/m.exec(await readFile(own, 'utf8')) ?? [];
  return isAbsolute(named) ? named : join(top, named);
}
