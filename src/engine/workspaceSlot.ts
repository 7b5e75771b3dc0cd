import type { Disposable } from '../core/base/disposable.ts';
import type { WorkspaceIndex } from './code/workspaceIndex.ts';

/** The index of the open workspace; undefined until it was read for the first time. */
export class WorkspaceSlot implements Disposable {
  #index: WorkspaceIndex | undefined;
  #opening = new AbortController();

  get index(): WorkspaceIndex | undefined {
    return this.#index;
  }

  /** Begins a new reading: the one before is given up, its index stays until `replace`. */
  begin(): AbortSignal {
    this.#opening.abort();
    this.#opening = new AbortController();
    return this.#opening.signal;
  }

  replace(index: WorkspaceIndex): void {
    this.#index?.dispose();
    this.#index = index;
  }

  dispose(): void {
    this.#opening.abort();
    this.#index?.dispose();
    this.#index = undefined;
  }
}
