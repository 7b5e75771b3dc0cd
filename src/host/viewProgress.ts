import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable.ts';
import { setContextKey } from './commands.ts';
import type { ContextKeys } from './contributions.ts';
import { LongWork } from './longWork.ts';

const patienceMs = 400;

/** The bar in a view while it is busy for long, and the context key that offers to cancel. */
export class ViewProgress implements Disposable {
  readonly #work: LongWork;
  #end: (() => void) | undefined;

  constructor(viewId: string, busyKey: Extract<keyof ContextKeys, `${string}Busy`>) {
    this.#work = new LongWork(patienceMs, (isLong) => {
      setContextKey(busyKey, isLong);
      this.#end?.();
      this.#end = undefined;
      if (!isLong) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#end = () => {
        resolve(undefined);
      };
      void vscode.window.withProgress({ location: { viewId } }, () => promise);
    });
  }

  show(busy: boolean): void {
    this.#work.follow(busy);
  }

  dispose(): void {
    this.#work.dispose();
  }
}
