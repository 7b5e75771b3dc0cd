import { readdirSync } from 'node:fs';
import { readSmallText } from './regularFile.ts';

/** Folders that a repository's globs name, at most. */
const mostFolders = 2_000;
/** Of `**`. */
const mostLevels = 4;
const maxBytes = 100_000;

/** Globs of pnpm's `pnpm-workspace.yaml` in a folder: the list below `packages`. */
export function pnpmGlobs(folder: string): readonly string[] {
  const text = readSmallText(`${folder}/pnpm-workspace.yaml`, maxBytes) ?? '';
  const [, list = ''] = /^packages:[ \t]*\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*)/m.exec(text) ?? [];
  return [...list.matchAll(/^[ \t]*-[ \t]*["']?([^"'#\r\n]+?)["']?[ \t]*(?:#.*)?$/gm)].map(
    ([, glob = '']) => glob,
  );
}

/** Folders that globs of a workspace's packages name (`packages/*`, `apps/**`, `!apps/old`), links not followed. */
export function packageFolders(top: string, globs: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const glob of globs) {
    const isExcluded = glob.startsWith('!');
    const parts = (isExcluded ? glob.slice(1) : glob)
      .split('/')
      .filter((part) => part && part !== '.');
    if (parts.includes('..')) continue;
    for (const folder of expand(top, parts, mostLevels)) {
      if (isExcluded) found.delete(folder);
      else if (found.size < mostFolders) found.add(folder);
    }
  }
  return [...found];
}

function expand(folder: string, parts: readonly string[], levels: number): readonly string[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [folder];
  if (part === '**') {
    const deeper =
      levels === 0 ? [] : foldersIn(folder).flatMap((inner) => expand(inner, parts, levels - 1));
    return [...expand(folder, rest, levels), ...deeper];
  }
  if (!part.includes('*')) return expand(`${folder}/${part}`, rest, levels);
  const pattern = new RegExp(
    `^${part
      .split('*')
      .map((text) => text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
  );
  return foldersIn(folder)
    .filter((inner) => pattern.test(inner.slice(folder.length + 1)))
    .flatMap((inner) => expand(inner, rest, levels));
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
      .map(({ name }) => `${folder}/${name}`);
  } catch {
    return []; // a glob may name what isn't there
  }
}
