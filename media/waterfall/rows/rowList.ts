import type { Disposable } from '../../../src/core/base/disposable.ts';
import { lineOf, rowAt } from '../../../src/core/waterfall/rows.ts';
import type { WaterfallModel } from '../model.ts';
import { RowView, rowHeight, rowId, type RowWidths } from './rowView.ts';

/** Lines drawn above and below those on screen. */
const overscan = 6;

/**
 * The lines on screen, drawn from the columns once a frame. Line `n` is drawn by view `n mod size`, so that
 * scrolling by one line fills one view. The selected line keeps a view of its own when it is scrolled away:
 * what has the reader's focus is never taken from the page.
 */
export class RowList implements Disposable {
  readonly #model: WaterfallModel;
  readonly #scroller: HTMLElement;
  readonly #content: HTMLElement;
  readonly #sizes: ResizeObserver;
  readonly #selectedView = new RowView();
  #views: RowView[] = [];
  #height = 0;
  #width = 0;
  #contentHeight = -1;
  #scheduled = false;

  constructor(model: WaterfallModel, scroller: HTMLElement, content: HTMLElement) {
    this.#model = model;
    this.#scroller = scroller;
    this.#content = content;
    this.#content.append(this.#selectedView.element);
    this.#selectedView.hide();
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#sizes = new ResizeObserver(() => {
      this.#keepSelectedInView();
      this.#height = scroller.clientHeight;
      this.#width = scroller.clientWidth;
      this.draw();
    });
    this.#sizes.observe(scroller);
  }

  /** Lines a page key moves by. */
  get pageLines(): number {
    return Math.max(1, Math.floor(this.#height / rowHeight) - 1);
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
    this.#content.replaceChildren();
  }

  draw(): void {
    const { trace, rows } = this.#model;
    if (!trace || this.#height === 0) return;
    this.#sizeContent(rows.length * rowHeight);
    this.#bringIntoView();
    const widths = this.#widths();
    const first = Math.max(0, Math.floor(this.#model.scrollTop / rowHeight) - overscan);
    const last = Math.min(
      rows.length,
      Math.ceil((this.#model.scrollTop + this.#height) / rowHeight) + overscan,
    );
    this.#makeViews(Math.ceil(this.#height / rowHeight) + 2 * overscan + 1);
    const used = new Set<RowView>();
    for (let line = first; line < last; line++) {
      const view = this.#views[line % this.#views.length];
      const row = rowAt(rows, line);
      if (!view || row === undefined) continue;
      view.draw(this.#model, trace, line, row, widths);
      used.add(view);
    }
    for (const view of this.#views) if (!used.has(view)) view.hide();
    this.#drawSelected(first, last, widths);
  }

  #drawSelected(first: number, last: number, widths: RowWidths): void {
    const { trace, rows, selected } = this.#model;
    const line = selected === undefined ? -1 : lineOf(rows, selected);
    if (line < 0 || selected === undefined || !trace) {
      this.#selectedView.hide();
      this.#scroller.removeAttribute('aria-activedescendant');
      return;
    }
    if (line >= first && line < last) this.#selectedView.hide();
    else this.#selectedView.draw(this.#model, trace, line, selected, widths);
    this.#scroller.setAttribute('aria-activedescendant', rowId(selected));
  }

  #widths(): RowWidths {
    const names = Math.round(this.#width * this.#model.namesShare);
    return { names, timeline: this.#width - names - timelinePadding };
  }

  #sizeContent(height: number): void {
    if (height === this.#contentHeight) return;
    this.#contentHeight = height;
    this.#content.style.height = `${height}px`;
    if (Math.abs(this.#scroller.scrollTop - this.#model.scrollTop) > 1)
      this.#scroller.scrollTop = this.#model.scrollTop;
    this.#model.scrollTop = this.#scroller.scrollTop;
  }

  /** Code that opens beside takes room: the selected line stays where the reader can see it. */
  #keepSelectedInView(): void {
    const { rows, selected, scrollTop } = this.#model;
    const line = selected === undefined ? -1 : lineOf(rows, selected);
    if (selected === undefined || line < 0) return;
    const top = line * rowHeight - scrollTop;
    if (top >= 0 && top + rowHeight <= this.#height)
      this.#model.reveal ??= { row: selected, align: 'nearest' };
  }

  #bringIntoView(): void {
    const { reveal, rows, scrollTop } = this.#model;
    this.#model.reveal = undefined;
    const line = reveal ? lineOf(rows, reveal.row) : -1;
    if (!reveal || line < 0) return;
    const top = line * rowHeight;
    const below = top + rowHeight - this.#height;
    if (top >= scrollTop && below <= scrollTop) return;
    const centered = top - (this.#height - rowHeight) / 2;
    const nearest = top < scrollTop ? top : below;
    this.#scroller.scrollTop = reveal.align === 'center' ? centered : nearest;
    this.#model.scrollTop = this.#scroller.scrollTop;
  }

  #makeViews(count: number): void {
    if (count <= this.#views.length) return;
    for (const view of this.#views) view.hide();
    while (this.#views.length < count) {
      const view = new RowView();
      this.#views.push(view);
      this.#content.append(view.element);
    }
  }

  readonly #onScroll = () => {
    this.#model.scrollTop = this.#scroller.scrollTop;
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.draw();
      this.#model.scrolled();
    });
  };
}

/** Air at both sides of the bars, px; the style sheet's `--timeline-padding` twice. */
const timelinePadding = 24;
