import type { FactList, FileFacts } from './facts.ts';

/** In the order in which they are written. */
const lists = [
  'imports',
  'exports',
  'classes',
  'methods',
  'values',
  'types',
  'calls',
  'libraryCalls',
  'setup',
  'providers',
  'problems',
  'independentLoops',
] as const satisfies readonly FactList[];

/** Facts as texts that hold no line break and no tab: whether they mention a framework, and each list as JSON. */
export function writeFacts(facts: FileFacts): readonly string[] {
  const texts = lists.map((list, place) =>
    facts instanceof WrittenFacts ? facts.textOf(place) : JSON.stringify(facts[list]),
  );
  return [facts.mentionsFramework ? mentioned : '', ...texts];
}

/**
 * Reads what `writeFacts` wrote. A list is parsed when it is first asked for: linking asks for half of what a
 * workspace has.
 */
export function readFacts(texts: readonly string[]): FileFacts {
  return new WrittenFacts(texts);
}

const mentioned = 'mentions';
const nothing: readonly never[] = [];

class WrittenFacts implements FileFacts {
  readonly mentionsFramework: boolean;
  /** Texts, and lists that were asked for. */
  readonly #parts: (string | readonly unknown[])[];

  constructor([mentions, ...lists]: readonly string[]) {
    this.mentionsFramework = mentions === mentioned;
    this.#parts = lists;
  }

  get imports(): FileFacts['imports'] {
    return this.#list(0) as FileFacts['imports'];
  }
  get exports(): FileFacts['exports'] {
    return this.#list(1) as FileFacts['exports'];
  }
  get classes(): FileFacts['classes'] {
    return this.#list(2) as FileFacts['classes'];
  }
  get methods(): FileFacts['methods'] {
    return this.#list(3) as FileFacts['methods'];
  }
  get values(): FileFacts['values'] {
    return this.#list(4) as FileFacts['values'];
  }
  get types(): FileFacts['types'] {
    return this.#list(5) as FileFacts['types'];
  }
  get calls(): FileFacts['calls'] {
    return this.#list(6) as FileFacts['calls'];
  }
  get libraryCalls(): FileFacts['libraryCalls'] {
    return this.#list(7) as FileFacts['libraryCalls'];
  }
  get setup(): FileFacts['setup'] {
    return this.#list(8) as FileFacts['setup'];
  }
  get providers(): FileFacts['providers'] {
    return this.#list(9) as FileFacts['providers'];
  }
  get problems(): FileFacts['problems'] {
    return this.#list(10) as FileFacts['problems'];
  }
  get independentLoops(): FileFacts['independentLoops'] {
    return this.#list(11) as FileFacts['independentLoops'];
  }

  /** Of a list by its place in `lists`. */
  textOf(place: number): string {
    const part = this.#parts[place] ?? '[]';
    return typeof part === 'string' ? part : JSON.stringify(part);
  }

  #list(place: number): readonly unknown[] {
    const part = this.#parts[place] ?? nothing;
    if (typeof part !== 'string') return part;
    const list = part === '[]' ? nothing : (JSON.parse(part) as readonly unknown[]);
    this.#parts[place] = list;
    return list;
  }
}
