import type { Disposable } from '../../../src/core/base/disposable.ts';
import { lineOf } from '../../../src/core/waterfall/lineRefs.ts';
import { rowHeight, timelinePadding } from '../../../src/core/waterfall/rowMeasures.ts';
import {
  scrolledWindow,
  topOf,
  windowAt,
  type ScrollWindow,
} from '../../../src/core/waterfall/scrollWindow.ts';
import type { WaterfallModel } from '../model.ts';
import { oncePerFrame } from '../oncePerFrame.ts';
import { lineId, RowView, type RowPlace, type RowWidths } from './rowView.ts';

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
  #window: ScrollWindow = { height: -1, scrollTop: 0, base: 0 };
  /** What rows were drawn of last, and how often that was another. */
  #drawnOf: readonly unknown[] = [];
  #drawing = 0;
  /** Lines drawn beyond the screen: none with the first, which one waits for. */
  #margin = 0;

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
    const { trace, lines } = this.#model;
    if (this.#height === 0) return;
    this.#makeViews(Math.ceil(this.#height / rowHeight) + 2 * overscan + 1);
    if (!trace) return;
    if (this.#margin === 0) this.#drawMore();
    this.#sizeContent(lines.count * rowHeight);
    this.#bringIntoView();
    this.#model.screen = {
      first: Math.ceil(this.#model.scrollTop / rowHeight),
      end: Math.floor((this.#model.scrollTop + this.#height) / rowHeight),
    };
    const widths = this.#widths();
    this.#countDrawing();
    const place = { widths, base: this.#window.base, drawing: this.#drawing };
    const first = Math.max(0, Math.floor(this.#model.scrollTop / rowHeight) - this.#margin);
    const last = Math.min(
      lines.count,
      Math.ceil((this.#model.scrollTop + this.#height) / rowHeight) + this.#margin,
    );
    const used = new Set<RowView>();
    for (let line = first; line < last; line++) {
      const view = this.#views[line % this.#views.length];
      if (!view) continue;
      view.draw(this.#model, trace, line, place);
      used.add(view);
    }
    for (const view of this.#views) if (!used.has(view)) view.hide();
    this.#drawSelected(first, last, place);
  }

  /** The selection isn't among what rows are drawn of: each knows whether it is the selected one. */
  #countDrawing(): void {
    const { trace, lines, matches, range } = this.#model;
    const drawnOf = [trace, lines, matches, range];
    if (drawnOf.every((part, index) => part === this.#drawnOf[index])) return;
    this.#drawnOf = drawnOf;
    this.#drawing += 1;
  }

  #drawSelected(first: number, last: number, place: RowPlace): void {
    const { trace, lines, selection } = this.#model;
    const line = selection ? lineOf(lines, selection) : -1;
    if (line < 0 || !selection || !trace) {
      this.#selectedView.hide();
      this.#scroller.removeAttribute('aria-activedescendant');
      return;
    }
    if (line >= first && line < last) this.#selectedView.hide();
    else this.#selectedView.draw(this.#model, trace, line, place);
    this.#scroller.setAttribute('aria-activedescendant', lineId(selection));
  }

  #widths(): RowWidths {
    const names = Math.round(this.#width * this.#model.namesShare);
    return { names, timeline: this.#width - names - 2 * timelinePadding };
  }

  #sizeContent(content: number): void {
    if (content === this.#contentHeight && this.#model.scrollTop === topOf(this.#window)) return;
    this.#contentHeight = content;
    this.#scrollTo(this.#model.scrollTop);
  }

  /** Puts the content's `top` at the top of the screen, as far as it can be. */
  #scrollTo(top: number): void {
    this.#show(windowAt(top, this.#contentHeight, this.#height));
  }

  #show(window: ScrollWindow): void {
    if (window.height !== this.#window.height) this.#content.style.height = `${window.height}px`;
    this.#window = window;
    if (Math.abs(this.#scroller.scrollTop - window.scrollTop) > 1)
      this.#scroller.scrollTop = window.scrollTop;
    this.#model.scrollTop = topOf(window);
  }

  /** Code that opens beside takes room: the selected line stays where the reader can see it. */
  #keepSelectedInView(): void {
    const { lines, selection, scrollTop } = this.#model;
    const line = selection ? lineOf(lines, selection) : -1;
    if (!selection || line < 0) return;
    const top = line * rowHeight - scrollTop;
    if (top >= 0 && top + rowHeight <= this.#height)
      this.#model.reveal ??= { line: selection, align: 'nearest' };
  }

  #bringIntoView(): void {
    const { reveal, lines, scrollTop } = this.#model;
    this.#model.reveal = undefined;
    const line = reveal ? lineOf(lines, reveal.line) : -1;
    if (!reveal || line < 0) return;
    const top = line * rowHeight;
    const below = top + rowHeight - this.#height;
    if (top >= scrollTop && below <= scrollTop) return;
    const centered = top - (this.#height - rowHeight) / 2;
    const nearest = top < scrollTop ? top : below;
    this.#scrollTo(reveal.align === 'center' ? centered : nearest);
  }

  #makeViews(count: number): void {
    if (count <= this.#views.length) return;
    for (const view of this.#views) view.hide();
    while (this.#views.length < count) {
      const view = new RowView();
      view.hide(); // it stands for no line yet
      this.#views.push(view);
      this.#content.append(view.element);
    }
  }

  readonly #drawScrolled = oncePerFrame(() => {
    this.draw();
    this.#model.scrolled();
  });

  readonly #drawMore = oncePerFrame(() => {
    this.#margin = overscan;
    this.draw();
  });

  readonly #onScroll = () => {
    const { scrollTop } = this.#scroller;
    if (Math.abs(scrollTop - this.#window.scrollTop) > 1e-3)
      this.#show(scrolledWindow(this.#window, scrollTop, this.#contentHeight, this.#height));
    this.#drawScrolled();
  };
}
