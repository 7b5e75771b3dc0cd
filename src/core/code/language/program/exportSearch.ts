import type { ImportFact } from '../facts.ts';
import type { WorkspacePath } from '../../location.ts';
import type { Symbol } from './symbols.ts';

/** What of another module, or of a package, a name stands for. */
export type Reference = Pick<ImportFact, 'name' | 'from'>;

/** A module of which a file exports everything; `target`: its file, undefined for a package. */
interface Star {
  readonly from: string;
  readonly target: WorkspacePath | undefined;
}

/** What a search asks of the files. */
export interface ExportedFiles {
  /** What a file exports by a name: something of its own, or of another module; undefined: nothing by that name. */
  own(path: WorkspacePath, name: string): Symbol | Reference | undefined;
  /** Modules of which it exports everything. */
  stars(path: WorkspacePath): readonly Star[];
  /** File of a module; undefined: a package. */
  target(path: WorkspacePath, from: string): WorkspacePath | undefined;
  external(module: string, name: string): Symbol;
  /** False: no file exports that name, nor everything of a package. Looks at all files. */
  mayExport(name: string): boolean;
  /** What `import x from` gives of a file that has no `default`. */
  whole(path: WorkspacePath): Symbol | undefined;
}

/** What is looked at next: a file's name, a symbol of a package, or what counts when nothing was found since. */
type Step =
  | { readonly path: WorkspacePath; readonly name: string }
  | { readonly external: Symbol }
  | { readonly otherwise: Symbol; readonly since: number };

/** Names in files: more than any chain of index files has. */
const mostSteps = 50_000;
/** After so many it is worth asking whether there is such a name at all. */
const manySteps = 200;

/**
 * Finds what a file exports by a name, through re-exports. Each name of a file is looked at once, so it doesn't
 * matter how often files re-export one another. Of several the first counts, one of the workspace before one that a
 * package may have.
 */
export class ExportSearch {
  readonly #files: ExportedFiles;
  readonly #open: Step[] = [];
  /** Files that were looked at, by name. */
  readonly #seen = new Map<string, Set<WorkspacePath>>();
  #outside: Symbol | undefined;
  #externals = 0;

  constructor(files: ExportedFiles) {
    this.#files = files;
  }

  find(path: WorkspacePath, name: string): Symbol | undefined {
    this.#open.push({ path, name });
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const step = this.#open.pop();
      if (!step || (steps === manySteps && !this.#files.mayExport(name))) break;
      const found = this.#look(step);
      if (found) return found;
    }
    return this.#outside;
  }

  #look(step: Step): Symbol | undefined {
    if ('external' in step) {
      this.#externals += 1;
      this.#outside ??= step.external;
      return undefined;
    }
    if ('otherwise' in step) return step.since === this.#externals ? step.otherwise : undefined;
    const { path, name } = step;
    const seen = this.#seenFor(name);
    if (seen.has(path)) return undefined;
    seen.add(path);
    const own = this.#files.own(path, name);
    if (!own) {
      if (name !== 'default' && name !== '*') this.#openStars(path, name);
      return undefined;
    }
    if ('from' in own) {
      this.#follow(path, own);
      return undefined;
    }
    if (own.kind !== 'external') return own;
    return this.#look({ external: own });
  }

  #seenFor(name: string): Set<WorkspacePath> {
    let seen = this.#seen.get(name);
    if (!seen) this.#seen.set(name, (seen = new Set()));
    return seen;
  }

  /** The last one opened is looked at first. */
  #openStars(path: WorkspacePath, name: string): void {
    const seen = this.#seenFor(name);
    for (const { from, target } of this.#files.stars(path).toReversed()) {
      if (target === undefined) this.#open.push({ external: this.#files.external(from, name) });
      else if (!seen.has(target)) this.#open.push({ path: target, name });
    }
  }

  #follow(path: WorkspacePath, { from, name }: Reference): void {
    const target = this.#files.target(path, from);
    if (target === undefined) {
      this.#open.push({ external: this.#files.external(from, name) });
      return;
    }
    if (this.#seenFor(name).has(target)) return;
    const otherwise =
      name === '*'
        ? ({ kind: 'namespace', path: target } as const)
        : name === 'default'
          ? this.#files.whole(target)
          : undefined;
    if (otherwise) this.#open.push({ otherwise, since: this.#externals });
    this.#open.push({ path: target, name });
  }
}
