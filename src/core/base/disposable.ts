/** Something that holds a resource until it is disposed; the shape is VS Code's. */
export interface Disposable {
  dispose(): void;
}

/**
 * Disposes what was added, last first. One failing `dispose` doesn't stop the others: failures go to
 * `onError`. Adding to a disposed store disposes at once.
 */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  readonly #onError: (error: unknown) => void;
  #disposed = false;

  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#onError = onError;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) this.#disposeOne(item);
    else this.#items.add(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    const items = [...this.#items].reverse();
    this.#items.clear();
    for (const item of items) this.#disposeOne(item);
  }

  #disposeOne(item: Disposable): void {
    try {
      item.dispose();
    } catch (error) {
      this.#onError(error);
    }
  }
}

export const disposable = (dispose: () => void): Disposable => ({ dispose });
