import type { Effort } from '../../../base/effort.ts';
import type { WorkspacePath } from '../../location.ts';
import type { ScopedExpression } from '../program/symbols.ts';

/** What is asked of an expression; each has its answers apart. */
const tables = { resolved: 0, value: 1, items: 2, keys: 3 } as const;

interface Known {
  readonly path: WorkspacePath;
  /** How deep it was asked; open: less than any. */
  depth: number;
  answer: unknown;
}

/** Names, members and calls that lead from one to the next. */
export const maxDepth = 24;
/** Of one list: more is no list that people write. */
const mostItems = 5_000;

/**
 * Answers what is asked of expressions, within the bounds of an effort. What has no context (no bindings, no
 * `this`) is worked out once for each derivation, so names that double at each step don't; and what comes back to
 * itself has no answer there.
 */
export class KnownAnswers {
  readonly #effort: Effort;

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /** @param otherwise the answer in a circle, and to a question that takes too much. */
  once<Answer>(
    table: keyof typeof tables,
    { expression, path, bindings, self }: ScopedExpression,
    depth: number,
    otherwise: Answer,
    work: () => Answer,
  ): Answer {
    if (!this.#effort.enter()) return otherwise;
    const hasContext = typeof expression === 'string' || bindings || self;
    const answer = hasContext
      ? work()
      : this.#remembered(tables[table], { expression, path, depth }, otherwise, work);
    this.#effort.leave();
    return answer;
  }

  #remembered<Answer>(
    table: number,
    {
      expression,
      path,
      depth,
    }: { readonly expression: object; readonly path: WorkspacePath; readonly depth: number },
    otherwise: Answer,
    work: () => Answer,
  ): Answer {
    const answers = this.#effort.known(table);
    const known = answers.get(expression) as Known | undefined;
    // One that was asked deeper may have been cut short there.
    if (known?.path === path && known.depth <= depth) return known.answer as Answer;
    const entry: Known = { path, depth: -1, answer: otherwise };
    answers.set(expression, entry);
    const answer = work();
    if (this.#effort.isSpent) answers.delete(expression);
    else Object.assign(entry, { depth, answer });
    return answer;
  }

  /** What each gives, in one list, which is cut off where it gets too long. */
  gather<Item, Found>(
    items: readonly Item[],
    each: (item: Item) => readonly Found[],
  ): readonly Found[] {
    const found: Found[] = [];
    for (const item of items) {
      for (const one of each(item)) {
        if (found.length >= mostItems) return found;
        found.push(one);
      }
      this.#effort.spend(1);
    }
    return found;
  }
}
