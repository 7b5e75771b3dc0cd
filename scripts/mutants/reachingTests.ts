import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** Which tests reach a source file through their imports. */
export class ReachingTests {
  readonly #imports = new Map<string, readonly string[]>();
  readonly #closures: readonly { readonly test: string; readonly reached: ReadonlySet<string> }[];
  readonly #root: string;

  /** @param tests paths from the root */
  constructor(root: string, tests: readonly string[]) {
    this.#root = root;
    this.#closures = tests.map((test) => ({ test, reached: this.#closureOf(test) }));
  }

  /** The test beside it first (`test/unit/core/x.test.ts` of `src/core/x.ts`), then those that reach the fewest files. */
  of(source: string): readonly string[] {
    const folder = dirname(source).replace(/^src/, 'test/unit');
    const distance = (test: string) => (test.startsWith(`${folder}/`) ? 0 : 1);
    return this.#closures
      .filter(({ reached }) => reached.has(source))
      .sort((a, b) => distance(a.test) - distance(b.test) || a.reached.size - b.reached.size)
      .map(({ test }) => test);
  }

  #closureOf(start: string): ReadonlySet<string> {
    const reached = new Set([start]);
    for (const file of reached) for (const next of this.#importsOf(file)) reached.add(next);
    return reached;
  }

  #importsOf(file: string): readonly string[] {
    let known = this.#imports.get(file);
    if (!known) {
      const text = readFileSync(join(this.#root, file), 'utf8');
      known = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
        .map(([, path = '']) => join(dirname(file), path))
        .filter((path) => path.endsWith('.ts') && existsSync(join(this.#root, path)));
      this.#imports.set(file, known);
    }
    return known;
  }
}
