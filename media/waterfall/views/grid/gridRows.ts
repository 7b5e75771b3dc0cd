import type { Disposable } from '../../../../src/core/base/disposable.ts';
import { oncePerFrame } from '../../oncePerFrame.ts';
import type { GridColumn, GridLines } from './gridLine.ts';
import { GridRow, gridRowHeight } from './gridRow.ts';

/** Lines drawn above and below those on screen. */
const overscan = 6;

/** What to draw. */
export interface GridContent {
  readonly lines: GridLines;
  /** The line that has the keyboard; -1: none. */
  readonly active: number;
}

/**
 * The lines of a grid that are on screen, filled by hand once a frame: line `n` is drawn by row `n mod size`, so that
 * scrolling by one line fills one row. The active line keeps a row of its own when it is scrolled away.
 */
export class GridRows implements Disposable {
  readonly #id: string;
  readonly #columns: readonly GridColumn[];
  readonly #scroller: HTMLElement;
  readonly #body: HTMLElement;
  readonly #sizes: ResizeObserver;
  readonly #activeRow: GridRow;
  #rows: GridRow[] = [];
  #content: GridContent = { lines: { count: 0, at: () => undefined }, active: -1 };

  constructor(
    id: string,
    columns: readonly GridColumn[],
    elements: { readonly scroller: HTMLElement; readonly body: HTMLElement },
  ) {
    this.#id = id;
    this.#columns = columns;
    this.#scroller = elements.scroller;
    this.#body = elements.body;
    this.#activeRow = new GridRow(columns);
    this.#body.append(this.#activeRow.element);
    this.#scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#sizes = new ResizeObserver(() => this.#draw());
    this.#sizes.observe(this.#scroller);
  }

  /** Lines a page key moves by. */
  get pageLines(): number {
    return Math.max(1, Math.floor(this.#height / gridRowHeight) - 1);
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
    this.#body.replaceChildren();
  }

  show(content: GridContent): void {
    this.#content = content;
    this.#body.style.height = `${content.lines.count * gridRowHeight}px`;
    this.#draw();
  }

  /** Scrolls as little as shows the line, below the heads. */
  reveal(index: number): void {
    const top = index * gridRowHeight;
    const { scrollTop } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + gridRowHeight > scrollTop + this.#height)
      this.#scroller.scrollTop = top + gridRowHeight - this.#height;
  }

  scrollSideways(by: number): void {
    this.#scroller.scrollBy({ left: by });
  }

  /** Height that lines have: the heads stay on screen. */
  get #height(): number {
    return this.#scroller.clientHeight - this.#body.offsetTop;
  }

  #draw(): void {
    const { lines, active } = this.#content;
    const height = this.#height;
    if (height <= 0) return;
    const { scrollTop } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / gridRowHeight) - overscan);
    const last = Math.min(lines.count, Math.ceil((scrollTop + height) / gridRowHeight) + overscan);
    this.#makeRows(Math.ceil(height / gridRowHeight) + 2 * overscan + 1);
    const used = new Set<GridRow>();
    for (let index = first; index < last; index++) {
      const row = this.#rows[index % this.#rows.length];
      if (row && this.#drawRow(row, index)) used.add(row);
    }
    for (const row of this.#rows) if (!used.has(row)) row.hide();
    const isAway = active >= 0 && (active < first || active >= last);
    if (!isAway || !this.#drawRow(this.#activeRow, active)) this.#activeRow.hide();
    const line = active < 0 ? undefined : lines.at(active);
    if (line) this.#scroller.setAttribute('aria-activedescendant', `${this.#id}-${line.key}`);
    else this.#scroller.removeAttribute('aria-activedescendant');
  }

  #drawRow(row: GridRow, index: number): boolean {
    const line = this.#content.lines.at(index);
    if (!line) return false;
    const isActive = index === this.#content.active;
    row.draw(line, { index, id: `${this.#id}-${line.key}`, isActive });
    return true;
  }

  #makeRows(count: number): void {
    if (count <= this.#rows.length) return;
    for (const row of this.#rows) row.hide();
    while (this.#rows.length < count) {
      const row = new GridRow(this.#columns);
      this.#rows.push(row);
      this.#body.append(row.element);
    }
  }

  readonly #onScroll = oncePerFrame(() => this.#draw());
}
