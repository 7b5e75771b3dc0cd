import { readGoFacts, type GoFacts } from '../../core/code/go/goRoutes.ts';
import { moduleNameIn, type GoSources } from '../../core/code/go/goServices.ts';
import { isGoModule, isGoSource } from '../../core/code/relevance.ts';

/** Of more than that the first ones are read: each takes a millisecond at most. */
const mostGoFiles = 5_000;

/** A workspace's sources in languages that have no facts, and the routes of those that are Go. */
export class OtherSources {
  readonly #paths = new Set<string>();
  readonly #facts = new Map<string, GoFacts>();
  /** Names of modules, by `go.mod`. */
  readonly #modules = new Map<string, string>();
  readonly #read: (path: string) => string | undefined;

  /** @param read a file's text; undefined: it can't be read */
  constructor(read: (path: string) => string | undefined) {
    this.#read = read;
  }

  get paths(): ReadonlySet<string> {
    return new Set(this.#paths);
  }

  get go(): GoSources {
    const modules = [...this.#modules].map(([path, name]): [string, string] => [
      path.slice(0, path.lastIndexOf('/')),
      name,
    ]);
    return { files: new Map(this.#facts), modules: new Map(modules) };
  }

  /** Takes a file up, or again as it is now. */
  add(path: string): void {
    this.#paths.add(path);
    const isWanted = isGoSource(path) && (this.#facts.has(path) || this.#facts.size < mostGoFiles);
    if (!isWanted && !isGoModule(path)) return;
    const text = this.#read(path);
    if (text === undefined) this.#forgetText(path);
    else if (isGoModule(path)) this.#modules.set(path, moduleNameIn(text));
    else this.#facts.set(path, readGoFacts(text));
  }

  delete(path: string): void {
    this.#paths.delete(path);
    this.#forgetText(path);
  }

  keys(): Iterable<string> {
    return this.#paths.keys();
  }

  clear(): void {
    for (const known of [this.#paths, this.#facts, this.#modules]) known.clear();
  }

  #forgetText(path: string): void {
    this.#facts.delete(path);
    this.#modules.delete(path);
  }
}
