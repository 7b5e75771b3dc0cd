import * as vscode from 'vscode';
import { isAbort } from '../core/base/sourceError.ts';

export interface LoadedItems<Item> {
  readonly items: readonly Item[];
  /** What to do, or why there is nothing to choose. */
  readonly placeholder: string;
}

/**
 * A quick pick that is there at once and fills when its items are read; closing it stops the reading.
 * @returns undefined when it was closed. @throws what `load` throws, once the pick has closed.
 */
export function pickWhileLoading<Item extends vscode.QuickPickItem>(
  title: string,
  load: (signal: AbortSignal) => Promise<LoadedItems<Item>>,
): Promise<Item | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const loading = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Item | undefined>();
  pick.title = title;
  pick.busy = true;
  pick.placeholder = vscode.l10n.t('Loading…');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (!chosen) return;
    resolve(chosen);
    pick.hide();
  });
  pick.onDidHide(() => {
    loading.abort();
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  load(loading.signal).then(
    ({ items, placeholder }) => {
      pick.busy = false;
      pick.placeholder = placeholder;
      pick.items = items;
    },
    (error: unknown) => {
      if (!isAbort(error)) reject(error);
      pick.hide();
    },
  );
  return promise;
}
