import type { Page } from 'playwright-core';
import type { WaterfallState } from '../../src/protocol/waterfall.ts';

/** What tests ask of an open page, in the words of a user. Each waits a bounded time. */
export class WaterfallView {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(5_000);
  }

  get tree() {
    return this.page.getByRole('tree', { name: 'Spans in the trace' });
  }
  get rows() {
    return this.page.locator('.row:not([hidden])');
  }
  get selected() {
    return this.page.locator('.row.selected:not([hidden])');
  }
  get filter() {
    return this.page.getByRole('combobox', { name: 'Filter spans' });
  }
  /** What can be typed into the filter. */
  get options() {
    return this.page.getByRole('option');
  }
  get details() {
    return this.page.getByRole('complementary', { name: 'Span details' });
  }
  row(operation: string) {
    return this.rows.filter({ hasText: operation }).first();
  }
  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  /** Opens the tab of another view of the trace. */
  async openView(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
    await this.frame();
  }

  /** Puts the focus on the rows and presses keys, a frame apart, so that each is drawn. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.tree.focus();
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.frame();
    }
  }

  /** After what is waiting to be drawn has been. */
  async frame(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
        }),
    );
  }

  /** The spoken label of the row that has the reader's focus; undefined when none has. */
  async focusedLabel(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const id = document.querySelector('[role=tree]')?.getAttribute('aria-activedescendant');
      const row = id ? document.getElementById(id) : undefined;
      return row && !row.hidden ? (row.querySelector('.spoken')?.textContent ?? '') : undefined;
    });
  }

  async texts(selector: string): Promise<readonly string[]> {
    return this.page.locator(selector).allTextContents();
  }

  /** Operations of the lines on screen, top to bottom. */
  async lines(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.row:not([hidden])')]
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          text: row.querySelector('.row-operation')?.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  }

  /** What the page asked its host for; a question of the last key or click is on its way for a moment. */
  async calls(method: string): Promise<readonly unknown[]> {
    await this.frame();
    return this.page.evaluate(
      (wanted) =>
        window.fakeHost.calls.filter((call) => call.method === wanted).map(({ params }) => params),
      method,
    );
  }

  async savedState(): Promise<WaterfallState> {
    await this.page.waitForTimeout(250);
    return this.page.evaluate(
      () =>
        JSON.parse(sessionStorage.getItem('state the editor keeps') ?? 'null') as WaterfallState,
    );
  }

  /** Elements in the page. */
  async nodeCount(): Promise<number> {
    return this.page.evaluate(() => document.querySelectorAll('*').length);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({
      path: new URL(`../../out/screenshots/webview/${name}.png`, import.meta.url).pathname,
    });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
