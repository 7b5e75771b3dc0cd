import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbort } from '../../core/base/sourceError.ts';
import type { LinkedLists } from '../../core/code/linker.ts';
import type { Log } from '../../core/ports.ts';
import { replaceFile } from './replaceFile.ts';
import { linesOf, sealed, unsealed } from './seal.ts';
import { TimeSlicer } from './yieldNow.ts';

export interface LinkedListsOptions {
  /** Folder of the workspace's cache. */
  readonly folder: string;
  /** What is linked by another build isn't taken. */
  readonly build: string;
  readonly log: Log;
}

/** Of one line: parsing it holds the thread for a millisecond or two. */
const entriesOfLine = 500;

/**
 * What linking a workspace gave, on disk: a workspace in which nothing changed since isn't linked before it is shown.
 * A file of lines: what it was linked from, then the lists, cut in pieces.
 */
export class LinkedListsFile {
  readonly #options: LinkedListsOptions;
  #kept = '';

  constructor(options: LinkedListsOptions) {
    this.#options = options;
  }

  /** The lists, if they were linked from just that; undefined: they were not, there are none, or they are damaged. */
  async read(linkedFrom: string): Promise<LinkedLists | undefined> {
    const bytes = await readFile(this.#path).catch(() => undefined);
    const inside = bytes && unsealed(bytes);
    if (!inside) return undefined;
    const [title, ...lines] = linesOf(inside);
    if (title?.toString() !== this.#title(linkedFrom)) return undefined;
    const pieces: Partial<LinkedLists>[] = [];
    const breather = new TimeSlicer();
    for (const line of lines) {
      pieces.push(JSON.parse(line.toString()) as Partial<LinkedLists>);
      await breather.breathe();
    }
    this.#kept = linkedFrom;
    return joined(pieces);
  }

  /** Keeps the lists, unless it has them already; a failure is a warning, and what is aborted leaves what was there. */
  async write(linkedFrom: string, lists: LinkedLists, signal: AbortSignal): Promise<void> {
    if (this.#kept === linkedFrom) return;
    const { folder, log } = this.#options;
    try {
      await mkdir(folder, { recursive: true });
      await replaceFile(this.#path, sealed(this.#lines(linkedFrom, lists, signal)));
      this.#kept = linkedFrom;
    } catch (error) {
      if (!isAbort(error))
        log.warn(`The linked code could not be cached in ${folder}: ${String(error)}`);
    }
  }

  get #path(): string {
    return join(this.#options.folder, 'linked.lists');
  }

  *#lines(linkedFrom: string, lists: LinkedLists, signal: AbortSignal): Generator<string> {
    yield this.#title(linkedFrom);
    for (const piece of piecesOf(lists)) {
      signal.throwIfAborted();
      yield JSON.stringify(piece);
    }
  }

  #title(linkedFrom: string): string {
    return `${this.#options.build} ${linkedFrom}`;
  }
}

function* piecesOf(lists: LinkedLists): Generator<Partial<LinkedLists>> {
  const { projects, problems, handlers, calls } = lists;
  yield { projects, problems };
  for (let start = 0; start < handlers.length; start += entriesOfLine)
    yield { handlers: handlers.slice(start, start + entriesOfLine) };
  for (let start = 0; start < calls.length; start += entriesOfLine)
    yield { calls: calls.slice(start, start + entriesOfLine) };
}

function joined(pieces: readonly Partial<LinkedLists>[]): LinkedLists {
  return {
    projects: pieces.flatMap(({ projects = [] }) => projects),
    problems: pieces.flatMap(
      ({ problems = [] }) => problems.map((problem) => ({ ...problem, line: problem.line })), // JSON drops undefined
    ),
    handlers: pieces.flatMap(({ handlers = [] }) => handlers),
    calls: pieces.flatMap(({ calls = [] }) => calls),
  };
}
