import { extractConfig, type ConfigFacts } from '../../core/code/configFacts.ts';
import { folderOf, isInside, joinPath } from '../../core/code/language/program/paths.ts';
import { isSourceFile } from '../../core/code/relevance.ts';
import { schemaFilesIn } from './nearbySchemas.ts';
import { packageFolders, pnpmGlobs } from './packageFolders.ts';
import { isRegularFile, readSmallText } from './regularFile.ts';
import { foldersAbove } from './repositoryTop.ts';

const maxConfigBytes = 1_000_000;
const pathConfigs = ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json', 'jsconfig.json'];

/**
 * The repository around a workspace folder that is a part of it, as far as the folder's own files name it: packages,
 * configurations, Prisma schemas, and source files that are imported. It is read, and has no handlers of its own.
 */
export class RepositoryAround {
  readonly #inside: readonly string[];
  /** Nearest first; the last is the top. */
  readonly #above: readonly string[];
  readonly #packages: readonly string[];
  readonly #configs = new Map<string, ConfigFacts>();
  readonly #exists = new Map<string, boolean>();
  readonly #looked = new Set<string>();

  /** @param inside the workspace's folders @returns undefined for a folder that is no part of a repository */
  static of(folder: string, inside: readonly string[]): RepositoryAround | undefined {
    const above = foldersAbove(folder).filter(
      (one) => !inside.some((other) => other !== folder && isInside(one, other)),
    );
    return above.length === 0 ? undefined : new RepositoryAround(above, inside);
  }

  private constructor(above: readonly string[], inside: readonly string[]) {
    this.#above = above;
    this.#inside = inside;
    for (const folder of above) this.#readFolder(folder);
    this.#packages = above.flatMap((folder) => {
      const facts = this.#configs.get(`${folder}/package.json`);
      const globs = facts?.kind === 'package' ? facts.workspaces : [];
      return packageFolders(folder, [...globs, ...pnpmGlobs(folder)]);
    });
    for (const folder of this.#packages) this.#readFolder(folder);
  }

  /** By path. */
  get configs(): ReadonlyMap<string, ConfigFacts> {
    return this.#configs;
  }

  /** Whether it has this source file, outside the workspace. */
  has(path: string): boolean {
    if (!this.#isAround(path) || !isSourceFile(path) || path.includes('/node_modules/'))
      return false;
    let exists = this.#exists.get(path);
    if (exists === undefined) this.#exists.set(path, (exists = isRegularFile(path)));
    return exists;
  }

  /** Reads what the workspace's own configurations extend and refer to. */
  follow(configs: ReadonlyMap<string, ConfigFacts>): void {
    for (const [path, facts] of configs) this.#followConfig(path, facts);
  }

  /**
   * Reads the schemas of packages whose files are imported, and of those above the workspace.
   * @param isEvery of all packages: nothing says which one's it is
   */
  readSchemas(imported: Iterable<string>, isEvery: boolean): void {
    const folders = [...this.#above, ...(isEvery ? this.#packages : [])];
    for (const path of imported) {
      let folder = folderOf(path);
      while (this.#isAround(folder) && !this.#looked.has(folder)) {
        folders.push(folder);
        folder = folderOf(folder);
      }
    }
    for (const folder of folders) this.#readSchema(folder);
  }

  #readSchema(folder: string): void {
    if (this.#looked.has(folder)) return;
    this.#looked.add(folder);
    this.#readConfig(`${folder}/package.json`);
    const facts = this.#configs.get(`${folder}/package.json`);
    const named = facts?.kind === 'package' ? facts.prismaSchema : undefined;
    for (const file of schemaFilesIn(folder, named)) this.#readConfig(file);
  }

  #readFolder(folder: string): void {
    for (const name of ['package.json', ...pathConfigs]) this.#readConfig(`${folder}/${name}`);
  }

  /** @param kind the name whose form it has, where its own doesn't say */
  #readConfig(path: string, kind = path): void {
    if (this.#configs.has(path) || !this.#isAround(path)) return;
    const text = readSmallText(path, maxConfigBytes);
    const facts = text === undefined ? undefined : extractConfig(kind, text);
    if (!facts) return;
    this.#configs.set(path, facts);
    this.#followConfig(path, facts);
  }

  #followConfig(path: string, facts: ConfigFacts): void {
    const folder = folderOf(path);
    if (facts.kind === 'package' && facts.prismaSchema !== undefined) {
      for (const file of schemaFilesIn(folder, facts.prismaSchema)) this.#readConfig(file);
    }
    if (facts.kind !== 'tsconfig') return;
    for (const base of facts.extends) {
      for (const file of this.#extended(folder, base)) this.#readConfig(file, 'tsconfig.json');
    }
    for (const reference of facts.references) {
      const target = joinPath(folder, reference);
      if (target.endsWith('.json')) this.#readConfig(target, 'tsconfig.json');
      else this.#readFolder(target);
    }
  }

  /** `../tsconfig.base`, or `@acme/tsconfig/base.json` of a package here. */
  #extended(folder: string, base: string): readonly string[] {
    const withEnding = (path: string) => (path.endsWith('.json') ? path : `${path}.json`);
    if (base.startsWith('.')) return [withEnding(joinPath(folder, base))];
    return [...this.#configs].flatMap(([path, facts]) => {
      if (facts.kind !== 'package' || facts.name === '') return [];
      if (base === facts.name) return [`${folderOf(path)}/tsconfig.json`];
      if (!base.startsWith(`${facts.name}/`)) return [];
      return [withEnding(`${folderOf(path)}${base.slice(facts.name.length)}`)];
    });
  }

  #isAround(path: string): boolean {
    const top = this.#above.at(-1) ?? '';
    return isInside(path, top) && !this.#inside.some((folder) => isInside(path, folder));
  }
}
