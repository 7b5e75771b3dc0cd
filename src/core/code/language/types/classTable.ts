import type { ClassAncestry } from '../../model.ts';
import type { Classes } from './classes.ts';
import type { ClassSymbol } from '../program/symbols.ts';
import type { Program } from '../program/program.ts';

/** Classes by their name. */
export class ClassTable {
  readonly #program: Program;
  readonly #classes: Classes;
  readonly #byName: () => ReadonlyMap<string, readonly ClassSymbol[]>;

  constructor(program: Program, classes: Classes) {
    this.#program = program;
    this.#classes = classes;
    this.#byName = program.queryDatabase.derive(() => this.#tabulate(), { same: () => false });
  }

  /** Classes of that name with those they inherit from; undefined: there is none. */
  ancestryOf(name: string): ClassAncestry | undefined {
    const symbols = this.#byName().get(name);
    const ancestries = symbols?.map((symbol) => this.#classes.ancestry(symbol));
    return (
      ancestries && {
        classes: ancestries.flatMap(({ classes }) =>
          classes.map(({ symbol, fact }) => ({ path: symbol.path, name: fact.name })),
        ),
        isComplete: ancestries.every(({ outside }) => outside !== 'unknown'),
      }
    );
  }

  named(name: string): readonly ClassSymbol[] {
    return this.#byName().get(name) ?? [];
  }

  #tabulate(): ReadonlyMap<string, readonly ClassSymbol[]> {
    const byName = new Map<string, ClassSymbol[]>();
    for (const [path, { classes }] of this.#program.filesWith('classes')) {
      for (const [index, { name }] of classes.entries()) {
        const symbols = byName.get(name) ?? [];
        symbols.push({ kind: 'class', path, index });
        byName.set(name, symbols);
      }
    }
    return byName;
  }
}
