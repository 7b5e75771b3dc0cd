import type { Locator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';
import { done } from './quickInput.ts';

const triedMs = 2_000;

/** Chooses an entry of the context menu of a row, by the words that it has. */
export async function chooseInMenu(
  window: EditorWindow,
  row: Locator,
  entry: string,
): Promise<void> {
  const choice = window.page.locator('.monaco-menu').getByText(entry, { exact: true });
  await takeFromMenu(window, choice, () => row.click({ button: 'right' }));
}

/** Clicks an entry of the menu that `open` opens: again, as a menu that has just opened takes no click. */
export async function takeFromMenu(
  window: EditorWindow,
  entry: Locator,
  open: () => Promise<void>,
): Promise<void> {
  let isClicked = false;
  await window.until('an entry chosen in a menu', async () => {
    const isOpen = await entry.isVisible();
    if (isClicked && !isOpen) return true;
    if (!isOpen) await open();
    await done(entry.waitFor({ timeout: triedMs }));
    isClicked = await done(entry.click({ timeout: triedMs }));
    return false;
  });
}
