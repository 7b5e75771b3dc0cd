import type { EditorWindow } from './editorWindow.ts';
import { done } from './quickInput.ts';

/** Of the field that F1, Ctrl+P and Ctrl+G open, whatever is typed into it. */
const placeholder = /^\s*· (?:Search files by name|Type the )/;
const openMs = 3_000;

/**
 * The field of F1, Ctrl+P and Ctrl+G. What ends in the editor meanwhile can take the focus, and the field with it: it is
 * opened again until what was typed was taken.
 */
export class QuickAccess {
  readonly #window: EditorWindow;

  constructor(window: EditorWindow) {
    this.#window = window;
  }

  /** Runs a command by its title in the palette: the whole title, category included; its `…` may be left out. */
  async runCommand(title: string): Promise<void> {
    const { page, quickInput } = this.#window;
    await this.#take(`the command "${title}" in the palette`, 'F1', `>${title}`, async () => {
      const index = await quickInput.rows.evaluateAll(commandIndex, title);
      if (index === undefined) return false;
      const entry = page.locator(`.quick-input-list .monaco-list-row[data-index="${index}"]`);
      return done(entry.click({ timeout: openMs }));
    });
  }

  /** Opens a file of the folder by its relative path. */
  async openFile(path: string): Promise<void> {
    const { quickInput } = this.#window;
    const parts = path.split('/');
    await this.#take(`${path} in quick open`, 'Control+p', path, async () => {
      const [first = ''] = (await quickInput.shown())?.entries ?? [];
      const isFile =
        first.includes(parts.at(-1) ?? '') && first.includes(parts.slice(0, -1).join('/'));
      return isFile && done(quickInput.field.press('Enter', { timeout: openMs }));
    });
  }

  /** Goes to a line, counted from 1, of the text editor that has the focus. */
  async goToLine(line: number): Promise<void> {
    const { quickInput } = this.#window;
    const what = `a text editor to go to line ${String(line)} in`;
    await this.#take(what, 'Control+g', `:${String(line)}`, async () => {
      const [first = ''] = (await quickInput.shown())?.entries ?? [];
      if (first.startsWith('Open a text editor first')) await quickInput.close();
      if (!first.includes(String(line))) return false;
      return done(quickInput.field.press('Enter', { timeout: openMs }));
    });
  }

  /** Types a text and has `choose` take an entry for it, until it did; then waits for the field to close. */
  async #take(
    what: string,
    key: string,
    text: string,
    choose: () => Promise<boolean>,
  ): Promise<void> {
    const { quickInput } = this.#window;
    quickInput.askedBy(undefined);
    await this.#window.until(what, async () => {
      await this.#type(key, text);
      return (await quickInput.shown())?.value === text && (await choose());
    });
    await this.#window.until(
      `the field closed: ${what}`,
      async () => (await quickInput.shown())?.value !== text,
    );
  }

  async #type(key: string, text: string): Promise<void> {
    const { page, quickInput } = this.#window;
    const isOpen = async () => placeholder.test((await quickInput.shown())?.asks ?? '');
    if (!(await isOpen())) {
      await page.keyboard.press(key);
      const deadline = Date.now() + openMs;
      while (!(await isOpen()) && Date.now() < deadline) await page.waitForTimeout(50);
    }
    if ((await isOpen()) && (await quickInput.shown())?.value !== text)
      await done(quickInput.field.fill(text, { timeout: openMs }));
  }
}

/** Runs in the page: where the command is in the list for its title; that of before has other letters marked, or none. */
function commandIndex(rows: (HTMLElement | SVGElement)[], title: string): string | undefined {
  const found = rows.find((row) => {
    const name = row.querySelector('.label-name');
    const marked = [...(name?.querySelectorAll('.highlight') ?? [])].map(
      (part) => part.textContent,
    );
    const letters = (text: string) => text.replaceAll(/\s/g, '');
    const isNamed = [title, `${title}…`].includes(name?.textContent.trim() ?? '');
    return isNamed && letters(marked.join('')) === letters(title);
  });
  return found?.getAttribute('data-index') ?? undefined;
}
