import type { Page } from 'playwright-core';

/** A grid of the page, in the words of a user. */
export class GridView {
  readonly #page: Page;
  readonly #label: string;
  constructor(page: Page, label: string) {
    this.#page = page;
    this.#label = label;
  }

  get element() {
    return this.#page.locator(`.data-grid[aria-label="${this.#label}"]`);
  }
  get lines() {
    return this.element.locator('.grid-row:not([hidden])');
  }
  line(name: string) {
    return this.lines.filter({ has: this.#page.getByRole('rowheader', { name }) }).first();
  }
  head(label: string) {
    return this.element.getByRole('columnheader', { name: label }).getByRole('button');
  }
  sorting(label: string) {
    return this.element.getByRole('columnheader', { name: label }).getAttribute('aria-sort');
  }

  /** Texts below a head, top to bottom, of the lines that are drawn. */
  async column(label: string): Promise<readonly string[]> {
    await this.#frame();
    return this.element.evaluate((grid, wanted) => {
      const heads = [...grid.querySelectorAll('[role=columnheader]')];
      const at = heads.findIndex((head) => head.textContent === wanted);
      return [...grid.querySelectorAll<HTMLElement>('.grid-row:not([hidden])')]
        .sort((a, b) => Number(a.dataset['line']) - Number(b.dataset['line']))
        .map((row) => row.children[at]?.textContent ?? '');
    }, label);
  }

  /** Presses keys, a frame apart, so that each is drawn. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      await this.#frame();
    }
  }

  /** Texts of the line that has the reader's focus, with tabs between; undefined when none has. */
  async active(): Promise<string | undefined> {
    return this.element.evaluate((grid) => {
      const id = grid.getAttribute('aria-activedescendant');
      const row = id ? document.getElementById(id) : undefined;
      if (!row || row.hidden) return undefined;
      return [...row.children].map((cell) => cell.textContent).join('\t');
    });
  }

  #frame(): Promise<void> {
    return this.#page.evaluate(
      () =>
        new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        }),
    );
  }
}
