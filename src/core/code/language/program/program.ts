import { QueryDatabase, type Input } from '../../../base/queryDatabase.ts';
import type { ConfigFacts } from '../../configFacts.ts';
import type {
  ClassFact,
  ExportFact,
  FactList,
  FileFacts,
  ImportFact,
  MethodSource,
  TypeFact,
  ValueFact,
} from '../facts.ts';
import type { WorkspacePath } from '../../location.ts';
import { ExportSearch, type ExportedFiles, type Reference } from './exportSearch.ts';
import type { ModuleResolution } from './moduleResolution.ts';
import { folderOf } from './paths.ts';
import type { Symbol } from './symbols.ts';

interface FileNames {
  readonly imports: ReadonlyMap<string, ImportFact>;
  readonly exports: ReadonlyMap<string, ExportFact>;
  readonly starExports: readonly string[];
  readonly classes: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, ValueFact>;
  readonly types: ReadonlyMap<string, TypeFact>;
}

const noExports: FileNames['exports'] = new Map();

/** Facts never change, so their tables outlive a link. */
const namesOfFacts = new WeakMap<FileFacts, FileNames>();

export type FactsByPath = ReadonlyMap<WorkspacePath, FileFacts>;

/** What is given to a program: it may be taken as a whole again after each change. */
export interface ProgramFacts {
  readonly files: FactsByPath;
  readonly configs: ReadonlyMap<WorkspacePath, ConfigFacts>;
  /** Of these files and configurations; another object whenever one of them came or went. */
  readonly modules: ModuleResolution;
}

/**
 * The workspace's files with what their names stand for. It lives as long as the workspace is open. Whatever a rule
 * asks here is noted as what its answer was derived from, so a rule that keeps an answer keeps it in `queryDatabase`.
 */
export class Program {
  readonly queryDatabase = new QueryDatabase();
  readonly #files = this.queryDatabase.input<FactsByPath>(new Map());
  readonly #configs = this.queryDatabase.input<ReadonlyMap<WorkspacePath, ConfigFacts>>(new Map());
  readonly #modules = this.queryDatabase.input<ModuleResolution | undefined>(undefined);
  readonly #facts = new Map<WorkspacePath, Input<FileFacts | undefined>>();
  readonly #parts = new Map<FactList, Input<FactsByPath>>();
  #latest: WorkspacePath = '';
  readonly #exported = this.queryDatabase.deriveEach(
    ({ path, name }: { readonly path: WorkspacePath; readonly name: string }) =>
      new ExportSearch(this.#exporting).find(path, name),
    ({ path, name }) => `${path}\n${name}`,
  );
  /** Apart from what else a file holds: most edits change nothing of it. */
  readonly #exports = this.queryDatabase.deriveEach(
    (path: WorkspacePath) => {
      const { exports = noExports, starExports = [] } = this.#names(path) ?? {};
      const stars = starExports.map((from) => ({ from, target: this.#targets({ path, from }) }));
      return { exports, stars };
    },
    (path) => path,
  );
  readonly #exportedAnywhere = this.queryDatabase.derive(() => {
    const all = [...this.filesWith('exports').keys()].map((path) => this.#exports(path));
    return {
      names: new Set(all.flatMap(({ exports }) => [...exports.keys()])),
      hasPackage: all.some(({ stars }) => stars.some(({ target }) => target === undefined)),
    };
  });
  readonly #exporting: ExportedFiles = {
    own: (path, name) => {
      this.queryDatabase.effort.spend(1);
      return this.#ownExport(path, name);
    },
    stars: (path) => this.#exports(path).stars,
    target: (path, from) => this.#targets({ path, from }),
    external: externalSymbol,
    mayExport: (name) => {
      const { names, hasPackage } = this.#exportedAnywhere();
      return hasPackage || names.has(name);
    },
    whole: (path) =>
      this.#exports(path).exports.size > 0 ? { kind: 'namespace', path } : undefined,
  };
  readonly #targets = this.queryDatabase.deriveEach(
    ({ path, from }: { readonly path: WorkspacePath; readonly from: string }) =>
      this.#modules.get()?.resolve(path, from),
    ({ path, from }) => `${folderOf(path)}\n${from}`,
  );

  /** Whether a module that is no file of the workspace is a package: see `ModuleResolution`. */
  readonly isInstalled = this.queryDatabase.deriveEach(
    (module: string) => this.#modules.get()?.isInstalled(module) ?? true,
    (module) => module,
  );

  /** Takes what the workspace is now. Facts are compared by identity. */
  update({ files, configs, modules }: ProgramFacts): void {
    const changes = changesBetween(this.#files.get(), files);
    this.#files.set(changed(this.#files.get(), changes));
    for (const [path, facts] of changes) this.#facts.get(path)?.set(facts);
    for (const [part, given] of this.#parts) given.set(changed(given.get(), changes, has(part)));
    this.#configs.set(changed(this.#configs.get(), changesBetween(this.#configs.get(), configs)));
    this.#modules.set(modules);
  }

  /** All files, by path. What is derived from it is derived again after every edit: for one file ask `facts`. */
  get files(): FactsByPath {
    return this.#files.get();
  }

  /** Files with facts of a kind, by path. What is derived from it is derived again after an edit of one of these. */
  filesWith(part: FactList): FactsByPath {
    let given = this.#parts.get(part);
    if (!given) {
      const files = [...this.#files.peek()].filter(([, facts]) => has(part)(facts));
      given = this.queryDatabase.input<FactsByPath>(new Map(files));
      this.#parts.set(part, given);
    }
    return given.get();
  }

  /** The file that was asked for last. */
  get latest(): WorkspacePath {
    return this.#latest;
  }

  get configs(): ReadonlyMap<WorkspacePath, ConfigFacts> {
    return this.#configs.get();
  }

  facts(path: WorkspacePath): FileFacts | undefined {
    this.#latest = path;
    let given = this.#facts.get(path);
    if (!given) {
      given = this.queryDatabase.input(this.#files.peek().get(path));
      this.#facts.set(path, given);
    }
    return given.get();
  }

  /** Files of the workspace that a file imports or re-exports. */
  importsOf(path: WorkspacePath): readonly WorkspacePath[] {
    const facts = this.facts(path);
    return (facts && this.#modules.get()?.importsOf(path, facts)) ?? [];
  }

  classAt(path: WorkspacePath, index: number): ClassFact {
    const fact = this.facts(path)?.classes[index];
    if (!fact) throw new RangeError(`no class ${index} in ${path}`);
    return fact;
  }

  methodAt(path: WorkspacePath, index: number): MethodSource {
    const fact = this.facts(path)?.methods[index];
    if (!fact) throw new RangeError(`no method ${index} in ${path}`);
    return fact;
  }

  /** What a name means at the top level of a file; undefined: a global, or nothing. */
  resolve(path: WorkspacePath, name: string): Symbol | undefined {
    const found = this.#declared(path, name);
    return found && 'from' in found ? this.#imported(path, found) : found;
  }

  /** The same, but what is imported as what it is of which module. */
  #declared(path: WorkspacePath, name: string): Symbol | Reference | undefined {
    const names = this.#names(path);
    if (!names) return undefined;
    const index = names.classes.get(name);
    if (index !== undefined) return { kind: 'class', path, index };
    const method = names.functions.get(name);
    if (method !== undefined) return { kind: 'function', path, index: method };
    const imported = names.imports.get(name);
    if (imported) return imported;
    const value = names.values.get(name);
    if (value) return { kind: 'value', path, fact: value };
    const type = names.types.get(name);
    return type && { kind: 'type', path, fact: type };
  }

  /** A constant or variable at the top level of a file, even where a function has its name. */
  value(path: WorkspacePath, name: string): ValueFact | undefined {
    return this.#names(path)?.values.get(name);
  }

  /** An export of a file, through re-exports. */
  exported(path: WorkspacePath, name: string): Symbol | undefined {
    return this.#exported({ path, name });
  }

  /** Names that a file exports, those of its `export *` included. */
  exportedNames(path: WorkspacePath): readonly string[] {
    const found = new Set<string>();
    const files = new Set([path]);
    for (const file of files) {
      const { exports, stars } = this.#exports(file);
      for (const name of exports.keys()) {
        if (name !== '*' && (name !== 'default' || file === path)) found.add(name);
      }
      for (const { target } of stars) if (target !== undefined) files.add(target);
    }
    return [...found];
  }

  #ownExport(path: WorkspacePath, name: string): Symbol | Reference | undefined {
    const { exports } = this.#exports(path);
    const own = exports.get(name) ?? (name === 'default' ? exports.get('*') : undefined);
    if (!own) return undefined;
    return own.from === undefined
      ? this.#declared(path, own.local)
      : { from: own.from, name: own.local };
  }

  #imported(path: WorkspacePath, { from, name }: Reference): Symbol | undefined {
    const target = this.#targets({ path, from });
    if (target === undefined) return externalSymbol(from, name);
    const found = this.exported(target, name);
    if (found) return found;
    if (name === '*') return { kind: 'namespace', path: target };
    return name === 'default' ? this.#exporting.whole(target) : undefined;
  }

  #names(path: WorkspacePath): FileNames | undefined {
    const facts = this.facts(path);
    if (!facts) return undefined;
    let names = namesOfFacts.get(facts);
    if (!names) namesOfFacts.set(facts, (names = tabulate(facts)));
    return names;
  }
}

/** What came or is another now; undefined: gone. */
function changesBetween<T>(
  before: ReadonlyMap<WorkspacePath, T>,
  now: ReadonlyMap<WorkspacePath, T>,
): ReadonlyMap<WorkspacePath, T | undefined> {
  const changes = new Map<WorkspacePath, T | undefined>();
  for (const [path, value] of now) if (before.get(path) !== value) changes.set(path, value);
  for (const path of before.keys()) if (!now.has(path)) changes.set(path, undefined);
  return changes;
}

/**
 * The values with changes made, by path: which of several candidates is taken must not depend on the order of edits.
 * @param belongs only values for which it is true.
 * @returns `before` itself when none of the changes matters to it.
 */
function changed<T>(
  before: ReadonlyMap<WorkspacePath, T>,
  changes: ReadonlyMap<WorkspacePath, T | undefined>,
  belongs: (value: T) => boolean = () => true,
): ReadonlyMap<WorkspacePath, T> {
  let after: Map<WorkspacePath, T> | undefined;
  let isSorted = true;
  for (const [path, value] of changes) {
    const isWanted = value !== undefined && belongs(value);
    if (!isWanted && !before.has(path)) continue;
    after ??= new Map(before);
    isSorted &&= before.has(path);
    if (isWanted) after.set(path, value);
    else after.delete(path);
  }
  if (!after || isSorted) return after ?? before;
  return new Map([...after].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function has(part: FactList): (facts: FileFacts) => boolean {
  return (facts) => facts[part].length > 0;
}

const externals = new Map<string, Map<string, Symbol>>();

/** One object per name of a package, however many files import it. */
function externalSymbol(module: string, name: string): Symbol {
  let names = externals.get(module);
  if (!names) externals.set(module, (names = new Map<string, Symbol>()));
  let symbol = names.get(name);
  if (!symbol) names.set(name, (symbol = { kind: 'external', module, name }));
  return symbol;
}

function tabulate(facts: FileFacts): FileNames {
  const functions = facts.methods.flatMap((method, index) =>
    method.class === undefined && method.object === undefined
      ? [[method.name, index] as const]
      : [],
  );
  const classes = facts.classes.flatMap((fact, index) =>
    fact.name !== '' && fact.within === undefined ? [[fact.name, index] as const] : [],
  );
  const isStar = (fact: ExportFact) => fact.name === '*' && fact.from !== undefined;
  return {
    imports: new Map(facts.imports.map((fact) => [fact.local, fact])),
    exports: new Map(facts.exports.filter((f) => !isStar(f)).map((fact) => [fact.name, fact])),
    starExports: facts.exports.filter(isStar).flatMap((fact) => fact.from ?? []),
    classes: new Map(classes),
    functions: new Map(functions),
    values: new Map(facts.values.map((fact) => [fact.name, fact])),
    types: new Map(facts.types.map((fact) => [fact.name, fact])),
  };
}
