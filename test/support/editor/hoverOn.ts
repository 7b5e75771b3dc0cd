import type { EditorWindow } from './editorWindow.ts';

/** The text of the hover that comes for a word in the first line with `text` of the active editor. */
export async function hoverOn(window: EditorWindow, text: string, word: string): Promise<string> {
  const { page } = window;
  const line = page.locator('.editor-group-container.active .view-line', { hasText: text });
  const at = line.first().locator('span > span', { hasText: word }).first();
  const hover = page.locator('.monaco-editor .monaco-hover', { hasText: 'Spanhop' }).first();
  let shown = '';
  // A lens that comes above the line moves the word away from the pointer, and the hover goes.
  await window.until(`a hover of Spanhop on ${word}`, async () => {
    await page.mouse.move(0, 0);
    if (await hover.isVisible()) return false; // that of another word, which goes
    await at.hover();
    const coming = hover.waitFor({ timeout: 5_000 }).then(() => hover.innerText());
    shown = await coming.catch(() => '');
    return shown !== '';
  });
  return shown;
}
