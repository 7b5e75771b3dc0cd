import type { Locator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** Chooses an entry of the context menu of a row, by the words that it has. */
export async function chooseInMenu(
  window: EditorWindow,
  row: Locator,
  entry: string,
): Promise<void> {
  await row.click({ button: 'right' });
  const choice = window.page.locator('.monaco-menu').getByText(entry, { exact: true });
  await choice.waitFor();
  // A menu that has just opened takes no click.
  await window.until(`${entry} chosen`, async () => {
    await choice.click({ timeout: 2_000 }).catch(() => undefined);
    await window.page.waitForTimeout(200);
    return !(await choice.isVisible());
  });
}
