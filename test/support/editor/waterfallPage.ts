import type { Frame } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** A row as a screen reader hears it, and whether it has the selection. */
export interface ShownRow {
  readonly label: string;
  readonly operation: string;
  readonly duration: string;
  readonly selected: boolean;
}

/** The workbench looks four times a second at which webview has the focus. */
const focusHeardMs = 300;

/** The waterfall that has the focus: its rows on the screen, keys and details. */
export class WaterfallPage {
  readonly #window: EditorWindow;
  #frame: Frame;

  private constructor(window: EditorWindow, frame: Frame) {
    this.#window = window;
    this.#frame = frame;
  }

  /** Waits for a waterfall with rows; of several, the one on the screen. */
  static async shown(window: EditorWindow): Promise<WaterfallPage> {
    return new WaterfallPage(window, await window.webview('[role="tree"] .row:not([hidden])'));
  }

  /** Opens a trace by its ID, of 32 digits, and waits for its rows. */
  static async openTrace(window: EditorWindow, traceId: string): Promise<WaterfallPage> {
    const question = 'Open Trace by ID';
    await window.ask(`Spanhop: ${question}`, question);
    await window.quickInput.answer(question, traceId);
    const rows = `body:has(.fact-id:has-text("${traceId}")) [role="tree"] .row:not([hidden])`;
    return new WaterfallPage(window, await window.webview(rows));
  }

  /** Opens the slowest trace of the handler with its lens above that line, counted from 1; its spans are selected. */
  static async openSlowest(window: EditorWindow, line: number): Promise<WaterfallPage> {
    const click = () => window.lenses.click(line, 'p95');
    await click();
    window.quickInput.askedBy(click);
    await window.quickInput.takeFirst('Slowest traces of ');
    const page = await WaterfallPage.shown(window);
    // They are selected once the rows are there: a key before that would be for another row.
    await window.step('the spans of the handler', () =>
      page.frame.getByText('Spans of ').first().waitFor(),
    );
    return page;
  }

  get frame(): Frame {
    return this.#frame;
  }

  async title(): Promise<string> {
    return this.#frame.locator('.summary-title h1').innerText();
  }

  async duration(): Promise<string> {
    return this.#frame.locator('.summary-duration').innerText();
  }

  async spanCount(): Promise<number> {
    const text = await this.#frame.locator('.summary-facts').innerText();
    return Number(/([\d,]+) spans?/.exec(text)?.[1]?.replaceAll(',', ''));
  }

  /** Top to bottom, those drawn. */
  async rows(): Promise<ShownRow[]> {
    return this.#frame.locator('.row:not([hidden])').evaluateAll((rows) =>
      rows
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => ({
          label: row.querySelector('.spoken')?.textContent ?? '',
          operation: row.querySelector('.row-operation')?.textContent ?? '',
          duration: row.querySelector('.bar-label')?.textContent ?? '',
          selected: row.getAttribute('aria-selected') === 'true',
        })),
    );
  }

  async selected(): Promise<ShownRow | undefined> {
    return (await this.rows()).find(({ selected }) => selected);
  }

  /**
   * Gives the keyboard to the rows; a picker that just closed may give it back to the editor first. The workbench hears of
   * the focus later than the page: until then a command would be for the text editor.
   */
  async focusTree(): Promise<void> {
    const { page } = this.#window;
    await this.#window.until('the focus in the waterfall', async () => {
      await this.#frame.locator('[role="tree"]').focus();
      const end = Date.now() + focusHeardMs;
      do {
        await page.waitForTimeout(50);
        const hasFocus = await this.#frame.evaluate(() => document.hasFocus());
        if (hasFocus && (await this.#window.cursor()) === undefined) return true;
      } while (Date.now() < end);
      // It left and came back between two of the workbench's looks: it has to be seen elsewhere before it can come.
      await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
      });
      await page.waitForTimeout(focusHeardMs);
      return false;
    });
  }

  /** Waits until the page shows what its keys did. */
  async drawn(): Promise<void> {
    await this.#frame.evaluate(async () => {
      for (let frames = 0; frames < 2; frames += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  async press(key: string): Promise<void> {
    await this.#window.page.keyboard.press(key);
  }

  /** `/`, then the text: leaves the focus in the field. */
  async filter(text: string): Promise<void> {
    const field = this.#frame.locator('input').first();
    await this.#window.until('the focus in the filter field', async () => {
      await this.focusTree();
      await this.press('/');
      return field.evaluate((input) => input === input.ownerDocument.activeElement);
    });
    await field.fill(text);
  }

  /** Finds the first span with the text by the filter, selects its row and returns to the tree. */
  async select(text: string): Promise<ShownRow> {
    return this.selectWhere(text, ({ operation, label }) =>
      [operation, label].some((shown) => shown.includes(text)),
    );
  }

  /** Goes from match to match until a row is the wanted one. */
  async selectWhere(text: string, isWanted: (row: ShownRow) => boolean): Promise<ShownRow> {
    await this.filter(text);
    await this.press('Enter');
    await this.drawn();
    await this.focusTree();
    let row: ShownRow | undefined;
    await this.#window.until(
      `a selected row for ${text}`,
      async () => {
        row = await this.selected();
        if (row !== undefined && isWanted(row)) return true;
        await this.press('n');
        return false;
      },
      () => `selected: ${row?.label ?? 'nothing'}`,
    );
    if (row === undefined) throw new Error(`No row for ${text}`);
    return row;
  }

  async waitForSelected(isWanted: (row: ShownRow) => boolean): Promise<ShownRow> {
    let row: ShownRow | undefined;
    await this.#window.until(
      'the selection on the wanted row',
      async () => {
        row = await this.selected();
        return row !== undefined && isWanted(row);
      },
      () => `selected: ${row?.label ?? 'nothing'}`,
    );
    if (row === undefined) throw new Error('No row is selected');
    return row;
  }

  async details(): Promise<string> {
    return this.#frame.locator('.details').innerText();
  }
}
