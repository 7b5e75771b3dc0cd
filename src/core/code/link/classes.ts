import type { ClassFact, MethodSource } from '../facts.ts';
import type { WorkspacePath } from '../model.ts';
import type { Constants } from './constants.ts';
import type { Symbol } from './program.ts';

export type ClassSymbol = Extract<Symbol, { kind: 'class' }>;

/** A class and its bases, the class first. */
export interface Ancestry {
  readonly classes: readonly { readonly symbol: ClassSymbol; readonly fact: ClassFact }[];
  /** The first base that isn't of the workspace; undefined when there is none. */
  readonly outside: Extract<Symbol, { kind: 'external' }> | 'unknown' | undefined;
}

export interface InheritedMethod {
  readonly symbol: ClassSymbol;
  readonly fact: ClassFact;
  /** A computed one with its value, where that is known. */
  readonly name: string;
  readonly method: MethodSource;
  readonly path: WorkspacePath;
  /** Index into the file's methods. */
  readonly index: number;
}

export const classKey = (symbol: { path: WorkspacePath; index: number }): string =>
  `${symbol.path}#${symbol.index}`;

/** The file of a class. */
export const pathOfClassKey = (key: string): WorkspacePath => key.slice(0, key.lastIndexOf('#'));

/** Class hierarchies of the workspace. */
export class Classes {
  readonly #constants: Constants;
  readonly #known: (symbol: ClassSymbol) => Ancestry;

  constructor(constants: Constants) {
    this.#constants = constants;
    this.#known = constants.program.derivations.deriveEach(
      (symbol: ClassSymbol) => this.#climb(symbol),
      classKey,
    );
  }

  /** Base classes through imports, generics and mixins; a cycle ends the list. */
  ancestry(symbol: ClassSymbol): Ancestry {
    return symbol.bindings ? this.#climb(symbol) : this.#known(symbol);
  }

  /** Methods an instance has, the most derived of each name; abstract ones don't count. */
  methods(symbol: ClassSymbol): readonly InheritedMethod[] {
    const found = new Map<string, InheritedMethod>();
    for (const { symbol: owner, fact } of this.ancestry(symbol).classes) {
      for (const index of fact.methods) {
        const method = this.#constants.program.methodAt(owner.path, index);
        if (method.static || method.abstract) continue;
        const name = this.#nameOf(method, owner);
        if (found.has(name)) continue;
        found.set(name, { symbol: owner, fact, name, method, path: owner.path, index });
      }
    }
    return [...found.values()];
  }

  /** One method of an instance (`isStatic`: of the class itself); a body is preferred to an abstract one. */
  method(symbol: ClassSymbol, name: string, isStatic = false): InheritedMethod | undefined {
    for (const { symbol: owner, fact } of this.ancestry(symbol).classes) {
      for (const index of fact.methods) {
        const method = this.#constants.program.methodAt(owner.path, index);
        if (method.name !== name || (method.static ?? false) !== isStatic || method.abstract)
          continue;
        return { symbol: owner, fact, name, method, path: owner.path, index };
      }
    }
    return undefined;
  }

  #nameOf({ name, computedName }: MethodSource, { path, bindings }: ClassSymbol): string {
    if (computedName === undefined) return name;
    const value = this.#constants.value({ expression: computedName, path, bindings });
    return typeof value === 'string' ? value : name;
  }

  #climb(start: ClassSymbol): Ancestry {
    const classes: { symbol: ClassSymbol; fact: ClassFact }[] = [];
    const seen = new Set<string>();
    let symbol = start;
    for (;;) {
      const fact = this.#constants.program.classAt(symbol.path, symbol.index);
      if (seen.has(classKey(symbol))) return { classes, outside: undefined };
      seen.add(classKey(symbol));
      classes.push({ symbol, fact });
      if (fact.extends === undefined) return { classes, outside: undefined };
      const { path, bindings } = symbol;
      const base = this.#constants.resolve({ expression: fact.extends, path, bindings });
      if (base.symbol?.kind === 'class') symbol = base.symbol;
      else {
        return { classes, outside: base.symbol?.kind === 'external' ? base.symbol : 'unknown' };
      }
    }
  }
}
