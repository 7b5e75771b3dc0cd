import type { Memento } from 'vscode';
import { readHabits, type RowHabits } from '../../core/waterfall/rowHabits.ts';

const storedAs = 'spanhop.waterfallRows';
const mostKinds = 100;
/** A name that is longer is cut: traces whose names begin alike share it. */
const longestKind = 300;

/** How rows were looked at last, by kind of trace; kept for the workspace. */
export class RowMemory {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** The usual habits for a kind that was never changed. */
  of(kind: string): RowHabits {
    return readHabits(this.#read().get(kind.slice(0, longestKind)));
  }

  keep(kind: string, habits: RowHabits): void {
    const kinds = this.#read();
    const key = kind.slice(0, longestKind);
    kinds.delete(key);
    kinds.set(key, habits);
    void this.#memory.update(storedAs, Object.fromEntries([...kinds].slice(-mostKinds)));
  }

  #read(): Map<string, unknown> {
    return new Map(Object.entries(this.#memory.get<Record<string, unknown>>(storedAs, {})));
  }
}
