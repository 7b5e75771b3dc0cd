import type { FileFacts } from '../facts.ts';
import type { MethodFact } from '../../model.ts';
import type { WorkspacePath } from '../../location.ts';
import type { Program } from '../program/program.ts';

/** Where a method's facts are. */
interface MethodPlace {
  readonly path: WorkspacePath;
  readonly index: number;
}

/** Methods by file, id and name; a file's are made when first asked for. */
export class MethodTable {
  readonly #program: Program;
  readonly #ofFile: (path: WorkspacePath) => readonly MethodFact[];
  readonly #byName: () => ReadonlyMap<string, readonly MethodPlace[]>;

  constructor(program: Program) {
    this.#program = program;
    this.#ofFile = program.queryDatabase.deriveEach(
      (path) => {
        const facts = program.facts(path);
        return facts ? describeMethods(path, facts) : [];
      },
      (path) => path,
    );
    this.#byName = program.queryDatabase.derive(() => this.#tabulate(), { same: () => false });
  }

  ofFile(path: WorkspacePath): readonly MethodFact[] {
    return this.#ofFile(path);
  }

  at(path: WorkspacePath, index: number): MethodFact {
    const method = this.ofFile(path)[index];
    if (!method) throw new RangeError(`no method ${index} in ${path}`);
    return method;
  }

  /** Where the method with this id is; undefined: no such method (any more). */
  place(id: string): MethodPlace | undefined {
    const path = id.slice(0, Math.max(0, id.lastIndexOf('#')));
    const index = this.ofFile(path).findIndex((method) => method.id === id);
    return index < 0 ? undefined : { path, index };
  }

  named(className: string, name: string): readonly MethodFact[] {
    const places = this.#byName().get(`${className}.${name}`) ?? [];
    return places.map(({ path, index }) => this.at(path, index));
  }

  #tabulate(): ReadonlyMap<string, readonly MethodPlace[]> {
    const byName = new Map<string, MethodPlace[]>();
    for (const [path, facts] of this.#program.files) {
      facts.methods.forEach((method, index) => {
        const key = `${classNameOf(facts, method.class)}.${method.name}`;
        const places = byName.get(key);
        if (places) places.push({ path, index });
        else byName.set(key, [{ path, index }]);
      });
    }
    return byName;
  }
}

/** `OrdersService.remove`; the name alone outside classes. */
export function qualifiedName({ className, name }: MethodFact): string {
  return className === '' ? name : `${className}.${name}`;
}

function classNameOf(facts: FileFacts, index: number | undefined): string {
  return index === undefined ? '' : (facts.classes[index]?.name ?? '');
}

function describeMethods(path: WorkspacePath, facts: FileFacts): readonly MethodFact[] {
  const counts = new Map<string, number>();
  return facts.methods.map((method) => {
    const className = classNameOf(facts, method.class);
    const base = `${path}#${className === '' ? method.name : `${className}.${method.name}`}`;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return {
      id: count === 1 ? base : `${base}~${count}`,
      className,
      name: method.name,
      location: { path, line: method.line, column: method.column },
      firstLine: method.firstLine,
      lastLine: method.lastLine,
    };
  });
}
