import type { Locator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** What is in the one field that palette, pickers, input boxes and file dialogs share. */
export interface ShownInput {
  /** Title and placeholder, which stay while one answers: another question has others. */
  readonly name: string;
  /** These and the sentence below the field: which question it is. */
  readonly asks: string;
  readonly value: string;
  /** It still reads what it offers, or the folder of what was typed. */
  readonly isBusy: boolean;
  /** What the entries on the screen say to a screen reader, top to bottom. */
  readonly entries: readonly string[];
}

const triedMs = 3_000;
/** A question that was not seen for so long was closed before it was seen. */
const unseenMs = 15_000;

/**
 * Questions of the editor: pickers, input boxes and file dialogs. They follow each other in one element, which the palette
 * uses too; so whoever types or chooses names the question, by a part of what it asks, and it is waited for. A webview that
 * gets the focus back late, when the palette has closed, closes a question that came after that: it is asked again.
 */
export class QuickInput {
  readonly #window: EditorWindow;
  #askAgain: (() => Promise<void>) | undefined;

  constructor(window: EditorWindow) {
    this.#window = window;
  }

  /** How what is asked next is asked again, until it is answered. */
  askedBy(again: (() => Promise<void>) | undefined): void {
    this.#askAgain = again;
  }

  /** Undefined: nothing is asked. */
  async shown(): Promise<ShownInput | undefined> {
    const [shown] = await this.#window.page.locator('.quick-input-widget').evaluateAll(readShown);
    return shown;
  }

  async isOpen(): Promise<boolean> {
    return (await this.shown()) !== undefined;
  }

  /** Waits for the question: value and entries are its own then. Also for what it says of the text that was typed. */
  async asked(question: string): Promise<ShownInput> {
    return this.#once(`the question "${question}"`, question, () => true);
  }

  /** What a picker offers, top to bottom, once it has entries for which `isThere` holds. */
  async entries(
    question: string,
    isThere: (entries: readonly string[]) => boolean = () => true,
  ): Promise<readonly string[]> {
    const { entries } = await this.#once(
      `entries of "${question}"`,
      question,
      (shown) => shown.entries.length > 0 && isThere(shown.entries),
    );
    return entries;
  }

  /** Replaces what the field holds. */
  async fill(question: string, text: string): Promise<void> {
    await this.#once(`${text} in "${question}"`, question, () =>
      done(this.field.fill(text, { timeout: triedMs })),
    );
  }

  /** A key in the field, whether it has the keyboard already or not: what is asked may be answered by it. */
  async press(key: string): Promise<void> {
    this.askedBy(undefined);
    await this.#window.step(`${key} in the field`, () => this.field.press(key));
  }

  /** Fills the field, and waits until the answer was taken. */
  async answer(question: string, text: string): Promise<void> {
    const answered = async () => {
      await this.field.fill(text, { timeout: triedMs });
      await this.field.press('Enter', { timeout: triedMs });
    };
    const shown = await this.#once(`${text} for "${question}"`, question, () => done(answered()));
    await this.left(question, shown);
  }

  /** Clicks the first entry with the text, and waits until the choice was taken. */
  async pick(question: string, text: string): Promise<void> {
    const entry = this.rows.filter({ hasText: text }).first();
    const shown = await this.#once(`the entry "${text}" of "${question}"`, question, () =>
      done(entry.click({ timeout: triedMs })),
    );
    await this.left(question, shown);
  }

  /** Takes the first entry with Enter, once it holds the text. */
  async takeFirst(question: string, text = ''): Promise<void> {
    const shown = await this.#once(
      `"${text}" first in "${question}"`,
      question,
      async ({ entries: [first] }) =>
        first?.includes(text) === true && done(this.field.press('Enter', { timeout: triedMs })),
    );
    await this.left(question, shown);
  }

  /** Types a path into a file dialog, which reads a folder first and writes its path over what was typed meanwhile. */
  async fillPath(title: string, path: string): Promise<void> {
    const isAtRest = ({ isBusy, value }: ShownInput) => !isBusy && value !== '';
    await this.#once(`the folder of "${title}"`, title, isAtRest);
    await this.#once(`${path} in "${title}"`, title, async (shown) => {
      if (shown.value.startsWith(path)) return isAtRest(shown);
      await done(this.field.fill(path, { timeout: triedMs }));
      return false;
    });
  }

  /** Fills in the path and takes it: a dialog that lists the folder of what was typed takes no key. */
  async takePath(title: string, path: string): Promise<void> {
    await this.fillPath(title, path);
    await this.#window.until(`${path} taken`, async () => {
      const shown = await this.shown();
      if (!shown || !isOf(shown, title)) return true;
      if (!shown.isBusy) await done(this.field.press('Enter', { timeout: triedMs }));
      return false;
    });
  }

  /** Waits until the question is no longer asked: nothing is, or another one, which may have part of its words. */
  async left(question: string, before?: ShownInput): Promise<void> {
    this.askedBy(undefined);
    await this.#window.until(`the end of "${question}"`, async () => {
      const shown = await this.shown();
      if (shown === undefined || !isOf(shown, question)) return true;
      return before !== undefined && shown.name !== before.name;
    });
  }

  /** Leaves with Escape what is asked, if anything is. A second Escape would be for what is behind it. */
  async close(): Promise<void> {
    this.askedBy(undefined);
    await this.#window.until('no question', async () => {
      if (!(await this.isOpen())) return true;
      await done(this.field.focus({ timeout: triedMs }));
      // One that has just closed doesn't take the keyboard: the key would go to what is below it.
      if (!(await this.field.evaluate((field) => field === document.activeElement))) return false;
      await this.#window.page.keyboard.press('Escape');
      return done(this.field.waitFor({ state: 'hidden', timeout: triedMs }));
    });
  }

  get rows(): Locator {
    return this.#window.page.locator('.quick-input-list .monaco-list-row');
  }

  get field(): Locator {
    return this.#window.page.locator('.quick-input-widget input').first();
  }

  /** Waits until the question is on the screen and what is to be done with it was done. */
  async #once(
    what: string,
    question: string,
    act: (shown: ShownInput) => Promise<boolean> | boolean,
  ): Promise<ShownInput> {
    let last: ShownInput | undefined;
    let goneAt = Date.now();
    let wasSeen = false;
    await this.#window.until(what, async () => {
      const shown = await this.shown();
      if (shown && isOf(shown, question)) {
        last = shown;
        wasSeen = true;
        return act(shown);
      }
      if (this.#askAgain && shown === undefined && (wasSeen || Date.now() - goneAt > unseenMs)) {
        const again = this.#askAgain;
        await again();
        this.askedBy(again);
        goneAt = Date.now();
        wasSeen = false;
      }
      return false;
    });
    if (last === undefined) throw new Error(`Nothing is asked: ${what}`);
    return last;
  }
}

const isOf = ({ asks }: ShownInput, question: string): boolean => asks.includes(question);

/** Whether the action came to its end. */
export const done = (action: Promise<unknown>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );

/** Runs in the page. */
function readShown(widgets: (HTMLElement | SVGElement)[]): ShownInput[] {
  return widgets
    .filter((widget) => widget.getClientRects().length > 0)
    .map((widget) => {
      const field = widget.querySelector('input');
      const textOf = (selector: string) => widget.querySelector(selector)?.textContent ?? '';
      const rows = [...widget.querySelectorAll('.quick-input-list .monaco-list-row')].toSorted(
        (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
      );
      const name = [textOf('.quick-input-title'), field?.placeholder ?? ''].join(' · ');
      return {
        name,
        asks: [name, textOf('.quick-input-message')].join(' · '),
        value: field?.value ?? '',
        isBusy: widget.querySelector('.quick-input-progress.active') !== null,
        entries: rows.map((row) => row.getAttribute('aria-label') ?? ''),
      };
    });
}
