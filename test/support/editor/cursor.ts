import type { Page } from 'playwright-core';

/** Where the cursor is: the file's name, the line and the column, counted from 1. */
export interface CursorPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** In the text editor that the workbench takes for the active one; undefined: it is none. */
export async function cursorOf(page: Page): Promise<CursorPlace | undefined> {
  return page.evaluate(() => {
    const item = document.getElementById('status.editor.selection');
    const shown = item && item.getClientRects().length > 0 ? item.textContent : '';
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(shown) ?? [];
    const tab = document.querySelector('.editor-group-container.active .tab.active');
    if (line === undefined || tab === null) return undefined;
    const file = tab.getAttribute('data-resource-name') ?? '';
    return { file, line: Number(line), column: Number(column) };
  });
}

/** Whether the text of that editor has the keyboard. */
export async function isKeyboardInText(page: Page): Promise<boolean> {
  return (await page.locator('.editor-group-container.active .monaco-editor.focused').count()) > 0;
}
