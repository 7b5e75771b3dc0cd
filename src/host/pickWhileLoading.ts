import * as vscode from 'vscode';
import { isAbort } from '../core/base/sourceError.ts';

export interface LoadedItems<Item> {
  readonly items: readonly Item[];
  /** What to do, or why there is nothing to choose. */
  readonly placeholder: string;
}

/** What a quick pick can do besides. */
export interface PickExtras<Item> {
  /** What is typed as a choice of its own, before the others; undefined: it is none. */
  readonly typed?: (value: string) => Item | undefined;
  /** A button of a choice was pressed; the pick closes. */
  readonly onButton?: (item: Item) => void;
  /** The button that leads back to the step before was pressed; undefined: there is none. */
  readonly onBack?: () => void;
}

/**
 * A quick pick that is there at once and fills when its items are read; closing it stops the reading.
 * @returns undefined when it was closed. @throws what `load` throws, once the pick has closed.
 */
export function pickWhileLoading<Item extends vscode.QuickPickItem>(
  title: string,
  load: (signal: AbortSignal) => Promise<LoadedItems<Item>>,
  { typed, onButton, onBack }: PickExtras<Item> = {},
): Promise<Item | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const loading = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Item | undefined>();
  const close = (answer: Item | undefined) => {
    resolve(answer);
    pick.hide();
  };
  let loaded: readonly Item[] = [];
  const fill = () => {
    const own = typed?.(pick.value);
    const isKnown = loaded.some(({ label }) => label === own?.label);
    pick.items = own && !isKnown ? [own, ...loaded] : loaded;
  };
  pick.title = title;
  pick.busy = true;
  pick.placeholder = vscode.l10n.t('Loading…');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (onBack) pick.buttons = [vscode.QuickInputButtons.Back];
  pick.onDidTriggerButton(() => {
    onBack?.();
    close(undefined);
  });
  pick.onDidTriggerItemButton(({ item }) => {
    onButton?.(item);
    close(undefined);
  });
  if (typed) pick.onDidChangeValue(fill);
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (chosen) close(chosen);
  });
  pick.onDidHide(() => {
    loading.abort();
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  load(loading.signal).then(
    ({ items, placeholder }) => {
      loaded = items;
      pick.busy = false;
      pick.placeholder = placeholder;
      fill();
    },
    (error: unknown) => {
      if (!isAbort(error)) reject(error);
      pick.hide();
    },
  );
  return promise;
}
