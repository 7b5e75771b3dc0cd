import { readdirSync } from 'node:fs';
import { asTexts } from '../../core/code/config/json.ts';
import { readYaml, yamlValue } from '../../core/code/config/yaml.ts';
import { fitsShape } from '../../core/matching/messages/wildcards.ts';
import { readSmallText } from './regularFile.ts';

/** Folders that a repository's globs name, at most. */
const mostFolders = 2_000;
/** Folders that are looked at for them, however many globs go through them. */
const mostLooked = 50_000;
/** Of `**`. */
const mostLevels = 4;
const maxBytes = 100_000;

/** Globs of pnpm's `pnpm-workspace.yaml` in a folder: the list below `packages`. */
export function pnpmGlobs(folder: string): readonly string[] {
  const text = readSmallText(`${folder}/pnpm-workspace.yaml`, maxBytes) ?? '';
  return asTexts(yamlValue(readYaml(text), 'packages'));
}

/** Folders that globs of a workspace's packages name (`packages/*`, `apps/**`, `!apps/old`), links not followed. */
export function packageFolders(top: string, globs: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const walk = new GlobWalk();
  for (const glob of globs) {
    const isExcluded = glob.startsWith('!');
    const parts = (isExcluded ? glob.slice(1) : glob)
      .split('/')
      .filter((part) => part && part !== '.');
    if (parts.includes('..')) continue;
    for (const folder of walk.expand(top, parts, mostLevels)) {
      if (isExcluded) found.delete(folder);
      else if (found.size < mostFolders) found.add(folder);
    }
  }
  return [...found];
}

/** Follows globs: each folder is listed once, and no more is looked at than `mostLooked`. */
class GlobWalk {
  readonly #listed = new Map<string, readonly string[]>();
  #looked = 0;

  /** @param levels of `**` that are left */
  expand(folder: string, parts: readonly string[], levels: number): readonly string[] {
    this.#looked += 1;
    if (this.#looked > mostLooked) return [];
    const [part, ...rest] = parts;
    if (part === undefined) return [folder];
    if (part === '**') {
      const inner = levels === 0 ? [] : this.#foldersIn(folder);
      return [
        ...this.expand(folder, rest, levels),
        ...inner.flatMap((one) => this.expand(one, parts, levels - 1)),
      ];
    }
    if (!part.includes('*')) return this.expand(`${folder}/${part}`, rest, levels);
    return this.#foldersIn(folder)
      .filter((inner) => fitsShape(inner.slice(folder.length + 1), part))
      .flatMap((inner) => this.expand(inner, rest, levels));
  }

  #foldersIn(folder: string): readonly string[] {
    let inner = this.#listed.get(folder);
    if (!inner) this.#listed.set(folder, (inner = foldersIn(folder)));
    return inner;
  }
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
