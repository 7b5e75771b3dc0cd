import type { Locator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** VS Code moves the keyboard into a view behind its command. */
const focusComesMs = 3_000;

/** The views of the side bar, each by how its title begins. */
export class SideBarViews {
  readonly #window: EditorWindow;

  constructor(window: EditorWindow) {
    this.#window = window;
  }

  /** Opens an activity bar container by its title. */
  async openContainer(title: string): Promise<void> {
    const { page } = this.#window;
    const icon = page.locator(`.activitybar .action-item:has([aria-label^="${title}"])`).first();
    await this.#window.step(`"${title}" in the activity bar`, () => icon.waitFor());
    const checked = await icon.getAttribute('aria-selected');
    if (checked !== 'true') await icon.click();
    await this.#window.step(`the view container "${title}"`, () =>
      page
        .locator('.sidebar .composite.title')
        .filter({ hasText: new RegExp(title, 'i') })
        .waitFor(),
    );
  }

  /** Drags the side bar's edge to this many pixels from the left. */
  async widen(right: number): Promise<void> {
    const { page } = this.#window;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar on the screen.');
    await page.mouse.move(box.x + box.width, 400);
    await page.mouse.down();
    await page.mouse.move(right, 400, { steps: 5 });
    await page.mouse.up();
  }

  /** The rows of a tree view on the screen; `spoken` is how they begin for a screen reader. */
  rows(title: string, spoken = ''): Locator {
    return this.#pane(title).locator(
      spoken === '' ? '.monaco-list-row' : `.monaco-list-row[aria-label^="${spoken}"]`,
    );
  }

  /** What each row of a tree view on the screen says to a screen reader, top to bottom. */
  async labels(title: string): Promise<string[]> {
    return this.rows(title).evaluateAll((rows) =>
      rows
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => row.getAttribute('aria-label') ?? ''),
    );
  }

  /** What the row with the focus of a tree view says; empty without one. */
  async focusedLabel(title: string): Promise<string> {
    const rows = this.rows(title).and(this.#window.page.locator('.focused'));
    return rows.evaluateAll(([row]) => row?.getAttribute('aria-label') ?? '');
  }

  /** The sentence above the rows of a view, or its welcome text where it has no rows; empty without either. */
  async message(title: string): Promise<string> {
    const texts = await this.#pane(title)
      .locator('.tree-explorer-viewlet-tree-view .message, .welcome-view-content')
      .allInnerTexts();
    return texts.join('\n').trim();
  }

  header(title: string): Locator {
    return this.#window.page.locator(`.pane-header[aria-label^="${title}"]`);
  }

  /** Folds a view to its title, so that others have its room. */
  async collapse(title: string): Promise<void> {
    await this.#fold(title, 'false');
  }

  async expand(title: string): Promise<void> {
    await this.#fold(title, 'true');
  }

  /** Gives the keyboard to a view of Spanhop, by its command; again where a view without rows yet let it go. */
  async focus(title: string): Promise<void> {
    const comes = { state: 'attached', timeout: focusComesMs } as const;
    await this.#window.until(`the keyboard in ${title}`, async () => {
      await this.#window.runCommand(`Spanhop: Focus on ${title} View`);
      return this.#focused(title)
        .waitFor(comes)
        .then(() => true)
        .catch(() => false);
    });
  }

  async waitForKeyboard(title: string): Promise<void> {
    await this.#window.until(
      `the keyboard in ${title}`,
      async () => (await this.#focused(title).count()) > 0,
    );
  }

  /** Clicks a button in the title of a view: those are there while the pointer is. */
  async clickAction(title: string, action: string): Promise<void> {
    await this.#window.step(`"${action}" of ${title}`, async () => {
      await this.#pane(title).locator('.pane-header').hover();
      await this.#action(title, action).click();
    });
  }

  /** Whether a view offers the action now. */
  async hasAction(title: string, action: string): Promise<boolean> {
    return (await this.#action(title, action).count()) > 0;
  }

  #focused(title: string): Locator {
    return this.#pane(title).locator(':focus').first();
  }

  #pane(title: string): Locator {
    return this.#window.page.locator(`.pane:has(.pane-header[aria-label^="${title}"])`);
  }

  #action(title: string, action: string): Locator {
    return this.#pane(title).locator(`.pane-header .action-label[aria-label^="${action}"]`).first();
  }

  async #fold(title: string, expanded: 'true' | 'false'): Promise<void> {
    const header = this.header(title);
    await this.#window.until(`${title} with aria-expanded=${expanded}`, async () => {
      if ((await header.getAttribute('aria-expanded')) === expanded) return true;
      await header.click({ position: { x: 10, y: 10 } });
      return false;
    });
  }
}
