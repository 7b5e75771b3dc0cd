import type { Dirent } from 'node:fs';
import { join } from 'node:path/posix';
import ignore, { type Ignore } from 'ignore';
import { excludePatterns, ignorePatterns } from './ignorePatterns.ts';
import { reaches, type Reach } from './reach.ts';
import { readSmallText } from './regularFile.ts';
import { isRepositoryTop } from './repositoryTop.ts';
import { TrackedFiles } from './trackedFiles.ts';

/** Folders that hold no sources of the workspace, whatever .gitignore says. */
const skippedFolders = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.next',
  '.nuxt',
  '.turbo',
  '.nx',
  '.cache',
  '.yarn',
  '.pnpm-store',
  'bower_components',
]);

/** What tools write, beside the sources; inside them the names are an application's own: `src/build/build.service.ts`. */
const outputFolders = new Set(['dist', 'build', 'out', 'coverage']);

const rulesName = '.gitignore';
const maxRulesBytes = 1_000_000;

interface OwnRules {
  readonly base: string;
  readonly rules: Ignore;
}

interface FolderRules {
  /** Innermost first. */
  readonly files: readonly OwnRules[];
  /** Of the repository it belongs to. */
  readonly tracked: TrackedFiles | undefined;
}

/**
 * Which paths of a workspace folder are left out: those that .gitignore files at every level name, as far as git
 * doesn't keep them all the same, and `files.exclude`. What lies above the folder counts where it is trusted.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #exclude: Ignore;
  readonly #reach: Reach;
  readonly #folders = new Map<string, FolderRules>();

  /** @param root absolute, with `/`. @param exclude globs as in `files.exclude`. */
  constructor(root: string, exclude: readonly string[], reach: Reach) {
    this.#root = root;
    this.#reach = reach;
    this.#exclude = ignore().add(excludePatterns(exclude));
  }

  /** Says what a folder has, so that no file of rules is looked for where there is none. */
  listed(folder: string, entries: readonly Dirent[]): void {
    if (!this.#folders.has(folder) && entries.every(({ name }) => name !== rulesName))
      this.#folders.set(folder, this.#readRules(folder, false));
  }

  /** True when the path, inside `folder`, isn't to be looked at. Environment files are read although ignored. */
  ignores(folder: string, name: string, isFolder: boolean): boolean {
    if (isFolder && skippedFolders.has(name)) return true;
    const path = `${folder}/${name}`;
    if (isFolder && outputFolders.has(name) && !this.#isInSources(folder)) return true;
    const relative = path.slice(this.#root.length + 1) + (isFolder ? '/' : '');
    if (this.#exclude.ignores(relative)) return true;
    if (!isFolder && name.startsWith('.env')) return false;
    const { files, tracked } = this.#rulesOf(folder);
    return verdict(files, isFolder ? `${path}/` : path) && !tracked?.has(path);
  }

  #isInSources(folder: string): boolean {
    return folder.slice(this.#root.length).split('/').includes('src');
  }

  #rulesOf(folder: string): FolderRules {
    let rules = this.#folders.get(folder);
    if (!rules) this.#folders.set(folder, (rules = this.#readRules(folder, true)));
    return rules;
  }

  /** Up to the top of the repository, above the root as well. */
  #readRules(folder: string, hasOwn: boolean): FolderRules {
    const own = hasOwn ? this.#ownRules(folder) : undefined;
    const above = this.#rulesAbove(folder, hasOwn);
    if (own === undefined) return above;
    return {
      ...above,
      files: [{ base: `${folder}/`, rules: ignore().add(ignorePatterns(own)) }, ...above.files],
    };
  }

  #ownRules(folder: string): string | undefined {
    const path = join(folder, rulesName);
    return reaches(this.#reach, path) ? readSmallText(path, maxRulesBytes) : undefined;
  }

  #rulesAbove(folder: string, hasOwn: boolean): FolderRules {
    const isAbove = folder.length <= this.#root.length;
    if ((hasOwn || isAbove) && isRepositoryTop(folder))
      return { files: [], tracked: new TrackedFiles(folder, this.#reach) };
    const parent = folder.slice(0, folder.lastIndexOf('/'));
    return parent === '' || (isAbove && !this.#reach.isTrusted) ? noRules : this.#rulesOf(parent);
  }
}

const noRules: FolderRules = { files: [], tracked: undefined };

function verdict(rules: readonly OwnRules[], path: string): boolean {
  for (const { base, rules: own } of rules) {
    const { ignored, unignored } = own.test(path.slice(base.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
