import { classKey, type Classes } from './classes.ts';
import type { ClassSymbol } from '../program/symbols.ts';
import type { Program } from '../program/program.ts';

/** Who extends or implements what. */
export class Subclasses {
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #ofBase: (key: string) => readonly ClassSymbol[];
  readonly #ofInterface: (key: string) => readonly ClassSymbol[];

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
    this.#ofBase = keyed(program, () => this.#tabulateBases());
    this.#ofInterface = keyed(program, () => this.#tabulateInterfaces());
  }

  /** Classes derived from a class, near and far. */
  of(symbol: ClassSymbol): readonly ClassSymbol[] {
    return this.#ofBase(classKey(symbol));
  }

  /** Classes that say they implement an interface (or an abstract class) declared in `path`. */
  implementing(path: string, name: string): readonly ClassSymbol[] {
    return this.#ofInterface(`${path} ${name}`);
  }

  #tabulateBases(): ReadonlyMap<string, readonly ClassSymbol[]> {
    const byBase = new Map<string, ClassSymbol[]>();
    for (const symbol of this.#all()) {
      if (this.#program.classAt(symbol.path, symbol.index).extends === undefined) continue;
      for (const base of this.#classes.ancestry(symbol).classes.slice(1)) {
        push(byBase, classKey(base.symbol), symbol);
      }
    }
    return byBase;
  }

  #tabulateInterfaces(): ReadonlyMap<string, readonly ClassSymbol[]> {
    const byInterface = new Map<string, ClassSymbol[]>();
    for (const symbol of this.#all()) {
      const { implements: names = [] } = this.#program.classAt(symbol.path, symbol.index);
      for (const name of names) {
        const found = this.#program.resolve(symbol.path, name);
        if (found?.kind === 'type') push(byInterface, `${found.path} ${found.fact.name}`, symbol);
        if (found?.kind === 'class') {
          const { name: className } = this.#program.classAt(found.path, found.index);
          push(byInterface, `${found.path} ${className}`, symbol);
        }
      }
    }
    return byInterface;
  }

  *#all(): Iterable<ClassSymbol> {
    for (const [path, facts] of this.#program.filesWith('classes')) {
      for (const index of facts.classes.keys()) yield { kind: 'class', path, index };
    }
  }
}

/** A table of which each entry is kept while it is the same. */
function keyed(
  { queryDatabase }: Program,
  tabulate: () => ReadonlyMap<string, readonly ClassSymbol[]>,
): (key: string) => readonly ClassSymbol[] {
  const table = queryDatabase.derive(tabulate, { same: () => false });
  return queryDatabase.deriveEach(
    (key) => table().get(key) ?? [],
    (key) => key,
  );
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
