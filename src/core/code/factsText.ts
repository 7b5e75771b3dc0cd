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
  'queries',
  'setup',
  'providers',
  'problems',
] as const satisfies readonly FactList[];

/** Facts as a line of text: each list is JSON, with a tab before it, which JSON never holds. */
export function writeFacts(facts: FileFacts): string {
  const texts = lists.map((list, place) =>
    facts instanceof WrittenFacts ? facts.textOf(place) : JSON.stringify(facts[list]),
  );
  return [facts.mentionsFramework ? '1' : '0', ...texts].join('\t');
}

/**
 * Reads what `writeFacts` wrote. A list is parsed when it is first asked for: linking asks for half of what a
 * workspace has.
 */
export function readFacts(text: string): FileFacts {
  return new WrittenFacts(text);
}

const nothing: readonly never[] = [];

class WrittenFacts implements FileFacts {
  readonly mentionsFramework: boolean;
  /** Texts, and lists that were asked for. */
  readonly #parts: (string | readonly unknown[])[];

  constructor(text: string) {
    const [mentions, ...texts] = text.split('\t');
    this.mentionsFramework = mentions === '1';
    this.#parts = texts;
  }

  get imports() {
    return this.#list<'imports'>(0);
  }
  get exports() {
    return this.#list<'exports'>(1);
  }
  get classes() {
    return this.#list<'classes'>(2);
  }
  get methods() {
    return this.#list<'methods'>(3);
  }
  get values() {
    return this.#list<'values'>(4);
  }
  get types() {
    return this.#list<'types'>(5);
  }
  get calls() {
    return this.#list<'calls'>(6);
  }
  get queries() {
    return this.#list<'queries'>(7);
  }
  get setup() {
    return this.#list<'setup'>(8);
  }
  get providers() {
    return this.#list<'providers'>(9);
  }
  get problems() {
    return this.#list<'problems'>(10);
  }

  /** Of a list by its place in `lists`. */
  textOf(place: number): string {
    const part = this.#parts[place] ?? '[]';
    return typeof part === 'string' ? part : JSON.stringify(part);
  }

  #list<List extends FactList>(place: number): FileFacts[List] {
    const part = this.#parts[place] ?? nothing;
    if (typeof part !== 'string') return part as FileFacts[List];
    const list = part === '[]' ? nothing : (JSON.parse(part) as FileFacts[List]);
    this.#parts[place] = list;
    return list as FileFacts[List];
  }
}
