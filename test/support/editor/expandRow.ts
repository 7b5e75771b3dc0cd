import type { Locator } from 'playwright-core';
import type { EditorWindow } from './editorWindow.ts';

/** Opens a row of a tree and waits for it; again where a refresh of the view swallowed the click. */
export async function expandRow(window: EditorWindow, row: Locator): Promise<void> {
  const isOpen = async () => (await row.getAttribute('aria-expanded')) === 'true';
  await window.step('a row to open', () => row.waitFor());
  await window.until('an open row', async () => {
    if (await isOpen()) return true;
    await row.locator('.monaco-tl-twistie').click();
    await window.page.waitForTimeout(500);
    return isOpen();
  });
}
