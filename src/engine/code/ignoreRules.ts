import type { Dirent } from 'node:fs';
import { readFile } from 'node:fs/promises';
import ignore, { type Ignore } from 'ignore';
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
 * doesn't keep them all the same, and `files.exclude`.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #exclude: Ignore;
  readonly #folders = new Map<string, Promise<FolderRules>>();

  /** @param root absolute, with `/`. @param exclude globs as in `files.exclude`. */
  constructor(root: string, exclude: readonly string[]) {
    this.#root = root;
    this.#exclude = ignore().add(exclude.flatMap(expandBraces));
  }

  /** Says what a folder has, so that no file of rules is looked for where there is none. */
  listed(folder: string, entries: readonly Dirent[]): void {
    if (!this.#folders.has(folder) && entries.every(({ name }) => name !== rulesName))
      this.#folders.set(folder, this.#readRules(folder, false));
  }

  /** True when the path, inside `folder`, isn't to be looked at. Environment files are read although ignored. */
  async ignores(folder: string, name: string, isFolder: boolean): Promise<boolean> {
    if (isFolder && skippedFolders.has(name)) return true;
    const path = `${folder}/${name}`;
    if (isFolder && outputFolders.has(name) && !this.#isInSources(folder)) return true;
    const relative = path.slice(this.#root.length + 1) + (isFolder ? '/' : '');
    if (this.#exclude.ignores(relative)) return true;
    if (!isFolder && name.startsWith('.env')) return false;
    const { files, tracked } = await this.#rulesOf(folder);
    return verdict(files, isFolder ? `${path}/` : path) && !(await tracked?.has(path));
  }

  #isInSources(folder: string): boolean {
    return folder.slice(this.#root.length).split('/').includes('src');
  }

  #rulesOf(folder: string): Promise<FolderRules> {
    let rules = this.#folders.get(folder);
    if (!rules) this.#folders.set(folder, (rules = this.#readRules(folder, true)));
    return rules;
  }

  /** Up to the top of the repository, above the root as well. */
  async #readRules(folder: string, hasOwn: boolean): Promise<FolderRules> {
    const parent = folder.slice(0, folder.lastIndexOf('/'));
    const [own, isTop] = await Promise.all([
      hasOwn ? readText(`${folder}/${rulesName}`) : undefined,
      hasOwn || folder.length <= this.#root.length ? isRepositoryTop(folder) : false,
    ]);
    const above: FolderRules = isTop
      ? { files: [], tracked: new TrackedFiles(folder) }
      : parent === ''
        ? noRules
        : await this.#rulesOf(parent);
    if (own === undefined) return above;
    return { ...above, files: [{ base: `${folder}/`, rules: ignore().add(own) }, ...above.files] };
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

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function isRepositoryTop(folder: string): Promise<boolean> {
  return (
    (await readText(`${folder}/.git/HEAD`)) !== undefined ||
    (await readText(`${folder}/.git`)) !== undefined
  );
}

// `*.{js,map}` is two patterns: .gitignore knows no braces.
function expandBraces(glob: string): string[] {
  const match = /\{([^{}]*)\}/.exec(glob);
  if (!match) return [glob];
  const before = glob.slice(0, match.index);
  const after = glob.slice(match.index + match[0].length);
  return (match[1] ?? '').split(',').flatMap((part) => expandBraces(before + part + after));
}
