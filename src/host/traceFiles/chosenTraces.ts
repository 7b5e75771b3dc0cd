import type { Memento } from 'vscode';

const storedAs = 'spanhop.chosenTraces';
const mostFiles = 100;

/** Which trace of a file with several was chosen last, kept for the workspace. */
export class ChosenTraces {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  of(path: string): string | undefined {
    return this.#read().get(path);
  }

  keep(path: string, traceId: string): void {
    const chosen = this.#read();
    chosen.delete(path);
    chosen.set(path, traceId);
    void this.#memory.update(storedAs, Object.fromEntries([...chosen].slice(-mostFiles)));
  }

  #read(): Map<string, string> {
    return new Map(Object.entries(this.#memory.get<Record<string, string>>(storedAs, {})));
  }
}
