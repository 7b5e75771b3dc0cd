import type { ClassFact, MethodSource } from '../facts.ts';
import type { WorkspacePath } from '../../location.ts';
import type { ConstantEvaluator } from '../values/constantEvaluator.ts';
import type { ClassSymbol, ExternalSymbol } from '../program/symbols.ts';

/** A class and its bases, the class first. */
export interface Ancestry {
  readonly classes: readonly { readonly symbol: ClassSymbol; readonly fact: ClassFact }[];
  /** The first base that isn't of the workspace; undefined when there is none. */
  readonly outside: Outside;
  /** There are more bases than are looked at. */
  readonly isCut?: true;
}

type Outside = ExternalSymbol | 'unknown' | undefined;

/** Classes that extend one another in a row: more isn't written by hand. */
export const mostBases = 64;

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
  readonly #constants: ConstantEvaluator;
  readonly #known: (symbol: ClassSymbol) => Ancestry;
  /** What a class extends itself. */
  readonly #base: (symbol: ClassSymbol) => ClassSymbol | Outside;
  readonly #circular: () => ReadonlySet<string>;

  constructor(constants: ConstantEvaluator) {
    this.#constants = constants;
    const { queryDatabase } = constants.program;
    this.#known = queryDatabase.deriveEach((symbol: ClassSymbol) => this.#climb(symbol), classKey);
    this.#base = queryDatabase.deriveEach(
      (symbol: ClassSymbol) => this.#resolveBase(symbol),
      classKey,
    );
    this.#circular = queryDatabase.derive(() => this.#findCircular());
  }

  /** Base classes through imports, generics and mixins. No class is its own base: in a circle it has none. */
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
    const places = new Map<string, number>();
    let symbol = start;
    for (;;) {
      const again = places.get(classKey(symbol));
      if (again !== undefined) return { classes: classes.slice(0, again + 1), outside: undefined };
      if (classes.length === mostBases) return this.#cut(classes);
      places.set(classKey(symbol), classes.length);
      const { path, index, bindings } = symbol;
      classes.push({ symbol, fact: this.#constants.program.classAt(path, index) });
      const base = bindings ? this.#resolveBase(symbol) : this.#base(symbol);
      if (typeof base !== 'object' || base.kind !== 'class') return { classes, outside: base };
      symbol = base;
    }
  }

  /** What is left of a long row of classes: of one that runs in a circle what comes before that. */
  #cut(classes: Ancestry['classes']): Ancestry {
    const circular = this.#circular();
    const first = classes.findIndex(({ symbol }) => circular.has(classKey(symbol)));
    return first < 0
      ? { classes, outside: 'unknown', isCut: true }
      : { classes: classes.slice(0, first + 1), outside: undefined };
  }

  /** Keys of all classes that extend one another in circles: each has one base, so each is passed once. */
  #findCircular(): ReadonlySet<string> {
    const found = new Set<string>();
    const passed = new Set<string>();
    for (const [path, { classes }] of this.#constants.program.filesWith('classes')) {
      for (const index of classes.keys()) {
        const way = new Set<string>();
        let at: ClassSymbol | Outside = { kind: 'class', path, index };
        while (typeof at === 'object' && at.kind === 'class' && !passed.has(classKey(at))) {
          passed.add(classKey(at));
          way.add(classKey(at));
          at = this.#base(at);
        }
        const entry = typeof at === 'object' && at.kind === 'class' ? classKey(at) : '';
        if (!way.has(entry)) continue;
        const keys = [...way];
        for (const key of keys.slice(keys.indexOf(entry))) found.add(key);
      }
    }
    return found;
  }

  #resolveBase({ path, index, bindings }: ClassSymbol): ClassSymbol | Outside {
    const { extends: base } = this.#constants.program.classAt(path, index);
    if (base === undefined) return undefined;
    const { symbol } = this.#constants.resolve({ expression: base, path, bindings });
    return symbol?.kind === 'class' || symbol?.kind === 'external' ? symbol : 'unknown';
  }
}
