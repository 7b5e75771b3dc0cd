import type { EditorWindow } from './editorWindow.ts';
import { done } from './quickInput.ts';

/** The lenses above one line, as on the screen. */
export interface LineLenses {
  /** Counted from 1: the line below the lenses. */
  readonly line: number;
  readonly texts: readonly string[];
}

/** Reads and clicks the code lenses that the active editor shows. */
export class LensReader {
  readonly #window: EditorWindow;

  constructor(window: EditorWindow) {
    this.#window = window;
  }

  /** Of the lines on the screen, top to bottom. */
  async visible(): Promise<LineLenses[]> {
    const widgets = await this.#widgets().evaluateAll(measureLenses);
    return widgets.filter(({ line }) => line > 0).sort((a, b) => a.line - b.line);
  }

  /** Scrolls to the line and waits for lenses above it. */
  above(line: number): Promise<readonly string[]> {
    return this.aboveOnce(line, 'a lens', () => true);
  }

  /**
   * Scrolls to the line and waits until what its lenses say holds. The line is gone to once: an editor that loses the
   * focus drops the question for new lenses that it was about to ask.
   */
  async aboveOnce(
    line: number,
    what: string,
    holds: (texts: readonly string[]) => boolean,
  ): Promise<readonly string[]> {
    await this.#window.goToLine(line);
    let seen: LineLenses[] = [];
    const texts = () => seen.find((lens) => lens.line === line)?.texts;
    await this.#window.until(
      `${what} above line ${String(line)}`,
      async () => {
        seen = await this.visible();
        const shown = texts();
        return shown !== undefined && holds(shown);
      },
      () => `lenses on the screen: ${JSON.stringify(seen)}`,
    );
    return texts() ?? [];
  }

  /** Clicks the first lens above the line that holds `text`. */
  async click(line: number, text: string): Promise<void> {
    await this.above(line);
    await this.#window.until(`the lens "${text}" above line ${String(line)}`, async () => {
      // Those that are drawn anew meanwhile may come in another order, or none stands there for a moment.
      const widgets = await this.#widgets().evaluateAll(measureLenses);
      const index = widgets.findIndex((widget) => widget.line === line);
      const lens = this.#widgets().nth(index).locator('a').filter({ hasText: text }).first();
      return index >= 0 && done(lens.click({ timeout: 3_000 }));
    });
  }

  #widgets() {
    return this.#window.page.locator('.editor-group-container.active .codelens-decoration');
  }
}

/** Runs in the page: the line of each lens widget is the first whose number stands below it. */
function measureLenses(widgets: (HTMLElement | SVGElement)[]): LineLenses[] {
  return widgets.map((widget) => {
    const { bottom, height } = widget.getBoundingClientRect();
    const shown = height > 0 && getComputedStyle(widget).visibility !== 'hidden';
    const editor = widget.closest('.monaco-editor');
    const numbers = [...(editor?.querySelectorAll('.margin-view-overlays .line-numbers') ?? [])]
      .map((number) => ({
        line: Number(number.textContent),
        top: number.getBoundingClientRect().top,
      }))
      .sort((a, b) => a.top - b.top);
    const texts = [...widget.querySelectorAll(':scope > a, :scope > span')]
      .map((part) => part.textContent.trim())
      .filter((text) => text !== '|');
    const below = numbers.find(({ top }) => top >= bottom - 4 && top < bottom + height);
    return { line: shown && texts.length > 0 ? (below?.line ?? 0) : 0, texts };
  });
}
