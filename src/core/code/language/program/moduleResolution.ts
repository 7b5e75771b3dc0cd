import type { ConfigFacts } from '../../configFacts.ts';
import type { FileFacts } from '../facts.ts';
import { folderOf, joinPath } from './paths.ts';

type Tsconfig = Extract<ConfigFacts, { kind: 'tsconfig' }>;
type Aliases = readonly {
  readonly prefix: string;
  readonly suffix: string;
  readonly exact: boolean;
  readonly targets: readonly string[];
}[];

interface FolderRules {
  readonly aliases: Aliases;
  readonly baseUrl: string | undefined;
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Configurations that extend one another in a row. */
const mostExtended = 30;

/** Node's own, by their names without `node:`. */
const builtIns = new Set(
  'assert async_hooks buffer child_process cluster crypto dns events fs http http2 https net os path perf_hooks process readline stream timers tls url util v8 vm worker_threads zlib'.split(
    ' ',
  ),
);

/** `./x`, `@/x`, `~/x`, `#x`, `src/x`, `$lib/x`: never a package. */
const isPath = /^(?:[.~#$]|@\/|(?:src|app|libs?|generated)\/)/;

/** `@acme/db` of `@acme/db/client`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Finds the workspace file that an import names, as TypeScript and Node would; undefined: not of the workspace. */
export class ModuleResolution {
  readonly #has: (path: string) => boolean;
  readonly #configs: ReadonlyMap<string, ConfigFacts>;
  readonly #packages = new Map<string, { root: string; entries: readonly string[] }>();
  readonly #installed = new Set<string>();
  readonly #rules = new Map<string, FolderRules>();
  readonly #imports = new Map<string, { facts: FileFacts; targets: readonly string[] }>();
  readonly #resolved = new Map<string, Map<string, string | undefined>>();

  constructor(has: (path: string) => boolean, configs: ReadonlyMap<string, ConfigFacts>) {
    this.#has = has;
    this.#configs = configs;
    for (const [path, facts] of configs) {
      if (facts.kind !== 'package') continue;
      for (const name of facts.dependencies) this.#installed.add(name);
      if (facts.name === '') continue;
      this.#packages.set(facts.name, { root: folderOf(path), entries: facts.entries });
    }
  }

  resolve(from: string, specifier: string): string | undefined {
    const folder = folderOf(from);
    let known = this.#resolved.get(folder);
    if (!known) this.#resolved.set(folder, (known = new Map<string, string | undefined>()));
    if (!known.has(specifier)) known.set(specifier, this.#find(folder, specifier));
    return known.get(specifier);
  }

  /**
   * True for what comes with Node or from a registry. What doesn't, and is no file either, is of the workspace all
   * the same: a build makes it, or its alias isn't understood.
   */
  isInstalled(specifier: string): boolean {
    const name = packageOf(specifier);
    if (specifier.startsWith('node:') || builtIns.has(name)) return true;
    if (this.#packages.has(name) || isPath.test(specifier)) return false;
    return (
      [name, `@types/${name}`].some((one) => this.#installed.has(one)) || !this.#installed.size
    );
  }

  /** Files of the workspace that a file with these facts imports or re-exports. */
  importsOf(path: string, facts: FileFacts): readonly string[] {
    const known = this.#imports.get(path);
    if (known?.facts === facts) return known.targets;
    const specifiers = new Set<string>();
    for (const { from } of facts.imports) specifiers.add(from);
    for (const { from } of facts.exports) if (from !== undefined) specifiers.add(from);
    const targets = [...specifiers].flatMap((specifier) => this.resolve(path, specifier) ?? []);
    this.#imports.set(path, { facts, targets });
    return targets;
  }

  #find(folder: string, specifier: string): string | undefined {
    if (specifier.startsWith('.')) return this.#file(joinPath(folder, specifier));
    return (
      this.#byAlias(folder, specifier) ??
      this.#byPackage(specifier) ??
      this.#byFolder(folder, specifier)
    );
  }

  #file(path: string): string | undefined {
    if (this.#has(path)) return path;
    const swapped = /\.([cm]?)jsx?$/.exec(path);
    const bare = swapped ? path.slice(0, swapped.index) : path;
    for (const extension of extensions) {
      if (this.#has(path + extension)) return path + extension;
      if (swapped && this.#has(bare + extension)) return bare + extension;
    }
    for (const extension of extensions) {
      if (this.#has(`${path}/index${extension}`)) return `${path}/index${extension}`;
    }
    return undefined;
  }

  #byAlias(folder: string, specifier: string): string | undefined {
    const { aliases, baseUrl } = this.#rulesOf(folder);
    for (const { prefix, suffix, exact, targets } of aliases) {
      const fits = exact
        ? specifier === prefix
        : specifier.startsWith(prefix) && specifier.endsWith(suffix);
      if (!fits) continue;
      const star = exact ? '' : specifier.slice(prefix.length, specifier.length - suffix.length);
      for (const target of targets) {
        const found = this.#file(target.replace('*', () => star));
        if (found !== undefined) return found;
      }
    }
    return baseUrl === undefined ? undefined : this.#file(joinPath(baseUrl, specifier));
  }

  /** A package of the workspace: its source rather than its build. */
  #byPackage(specifier: string): string | undefined {
    const name = packageOf(specifier);
    const found = this.#packages.get(name);
    if (!found) return undefined;
    const rest = specifier.slice(name.length + 1);
    const { root, entries } = found;
    const candidates = rest
      ? [`${root}/${rest}`, `${root}/src/${rest}`, `${root}/lib/${rest}`]
      : [
          ...entries.flatMap((entry) => {
            const path = joinPath(root, entry.replace(/(\.d)?\.[cm]?[jt]s$/, ''));
            return [path.replace(/\/(dist|build|lib|out)(\/(src|esm|cjs))?\//, '/src/'), path];
          }),
          `${root}/src/index`,
          `${root}/src`,
          `${root}/index`,
          `${root}/lib/index`,
        ];
    for (const candidate of candidates) {
      const file = this.#file(candidate);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** `src/users/user` without a baseUrl that says so: from a folder above. */
  #byFolder(folder: string, specifier: string): string | undefined {
    if (!specifier.startsWith('src/')) return undefined;
    for (let above = folder; above !== ''; above = folderOf(above)) {
      const found = this.#file(`${above}/${specifier}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #rulesOf(folder: string): FolderRules {
    const known = this.#rules.get(folder);
    if (known) return known;
    const own = this.#configIn(folder);
    const parent = folderOf(folder);
    const rules: FolderRules =
      own ??
      (parent === '' || parent === folder
        ? { aliases: [], baseUrl: undefined }
        : this.#rulesOf(parent));
    this.#rules.set(folder, rules);
    return rules;
  }

  #configIn(folder: string): FolderRules | undefined {
    for (const name of [
      'tsconfig.json',
      'tsconfig.base.json',
      'tsconfig.app.json',
      'jsconfig.json',
    ]) {
      const path = `${folder}/${name}`;
      const rules = this.#rulesOfConfig(path, new Map());
      if (rules && (rules.aliases.length > 0 || rules.baseUrl !== undefined)) return rules;
    }
    return undefined;
  }

  /** @param known of the same question: each configuration is read once, and one that extends itself ends there. */
  #rulesOfConfig(
    path: string,
    known: Map<string, FolderRules | undefined>,
    depth = 0,
  ): FolderRules | undefined {
    if (known.has(path)) return known.get(path);
    const facts = this.#configs.get(path);
    known.set(path, undefined);
    if (facts?.kind !== 'tsconfig' || depth > mostExtended) return undefined;
    let inherited: FolderRules | undefined;
    for (const base of facts.extends) {
      inherited = this.#rulesOfConfig(this.#configPath(path, base), known, depth + 1) ?? inherited;
    }
    const rules = this.#ownRules(path, facts, inherited);
    known.set(path, rules);
    return rules;
  }

  #ownRules(path: string, facts: Tsconfig, inherited: FolderRules | undefined): FolderRules {
    const folder = folderOf(path);
    const baseUrl = facts.baseUrl === undefined ? undefined : joinPath(folder, facts.baseUrl);
    return {
      aliases: facts.paths.length
        ? aliasesOf(facts, baseUrl ?? inherited?.baseUrl ?? folder)
        : (inherited?.aliases ?? []),
      baseUrl: baseUrl ?? inherited?.baseUrl,
    };
  }

  #configPath(from: string, base: string): string {
    if (base.startsWith('.')) {
      const path = joinPath(folderOf(from), base);
      return path.endsWith('.json') ? path : `${path}.json`;
    }
    const name = packageOf(base);
    const root = this.#packages.get(name)?.root ?? '';
    const rest = base.slice(name.length + 1) || 'tsconfig.json';
    return `${root}/${rest.endsWith('.json') ? rest : `${rest}.json`}`;
  }
}

function aliasesOf(facts: Tsconfig, base: string): Aliases {
  return facts.paths.map(([pattern, targets]) => {
    const star = pattern.indexOf('*');
    return {
      prefix: star < 0 ? pattern : pattern.slice(0, star),
      suffix: star < 0 ? '' : pattern.slice(star + 1),
      exact: star < 0,
      targets: targets.map((target) => joinPath(base, target)),
    };
  });
}
