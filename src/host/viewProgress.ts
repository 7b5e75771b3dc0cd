import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable.ts';

/** The bar in a view while it is busy. */
export class ViewProgress implements Disposable {
  readonly #viewId: string;
  #end: (() => void) | undefined;

  constructor(viewId: string) {
    this.#viewId = viewId;
  }

  show(busy: boolean): void {
    if (busy === (this.#end !== undefined)) return;
    this.#end?.();
    this.#end = undefined;
    if (!busy) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#end = () => {
      resolve(undefined);
    };
    void vscode.window.withProgress({ location: { viewId: this.#viewId } }, () => promise);
  }

  dispose(): void {
    this.show(false);
  }
}
