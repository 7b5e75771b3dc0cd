import { spanRow } from '../base/units.ts';
import type { TraceProblem, TraceProblemKind } from './trace.ts';

const limit = 1_000;

/** Counts all problems and keeps the first thousand, and the first of each kind; a sentence is made only for those kept. */
export class ProblemList {
  readonly #kept: TraceProblem[] = [];
  readonly #kinds = new Set<TraceProblemKind>();
  #count = 0;

  get kept(): readonly TraceProblem[] {
    return this.#kept;
  }

  get count(): number {
    return this.#count;
  }

  add(kind: TraceProblemKind, row: number, sentence: () => string): void {
    this.#count++;
    if (this.#kept.length >= limit && this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    this.#kept.push({ kind, row: spanRow(row), message: sentence() });
  }
}
