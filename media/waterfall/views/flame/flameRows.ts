import type { Disposable } from '../../../../src/core/base/disposable.ts';
import { spanRow } from '../../../../src/core/base/units.ts';
import type { FlameBox, FlameLines } from '../../../../src/core/waterfall/flame/flameBoxes.ts';
import type { FlameLayout } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import { oncePerFrame } from '../../oncePerFrame.ts';
import { colorOf, type PageTrace } from '../../openTrace.ts';
import { boxText, spokenBox } from './flameTexts.ts';

const flameLineHeight = 20;
/** From here on a text has room, px. */
const narrowestText = 28;
const overscan = 4;

export interface FlameContent {
  readonly trace: PageTrace;
  readonly layout: FlameLayout;
  readonly lines: FlameLines;
  readonly zoomed: number;
  /** The node that has the keyboard. */
  readonly focused: number;
  /** Something is looked for. */
  readonly isFiltered: boolean;
}

/** The boxes of the lines on screen, drawn by hand once a frame with elements that are used again. */
export class FlameRows implements Disposable {
  readonly #scroller: HTMLElement;
  readonly #body: HTMLElement;
  readonly #boxes: HTMLElement[] = [];
  readonly #sizes: ResizeObserver;
  #content: FlameContent | undefined;

  constructor(scroller: HTMLElement, body: HTMLElement) {
    this.#scroller = scroller;
    this.#body = body;
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#sizes = new ResizeObserver(() => this.#draw());
    this.#sizes.observe(scroller);
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
    this.#body.replaceChildren();
  }

  show(content: FlameContent): void {
    this.#content = content;
    this.#body.style.height = `${content.lines.length * flameLineHeight}px`;
    this.#draw();
  }

  /** Scrolls as little as shows the line. */
  reveal(line: number): void {
    const top = line * flameLineHeight;
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + flameLineHeight > scrollTop + clientHeight)
      this.#scroller.scrollTop = top + flameLineHeight - clientHeight;
  }

  #draw(): void {
    const content = this.#content;
    if (!content) return;
    const { lines, focused } = content;
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / flameLineHeight) - overscan);
    const last = Math.ceil((scrollTop + clientHeight) / flameLineHeight) + overscan;
    const ownLine = (content.layout.tree.depth[focused] ?? 0) - 1;
    const focusedBox = lines[ownLine]?.find(({ node }) => node === focused);
    let used = 0;
    for (const line of lines.slice(first, last))
      for (const box of line) this.#drawBox(this.#element(used++), box, content);
    if (focusedBox && (ownLine < first || ownLine >= last))
      this.#drawBox(this.#element(used++), focusedBox, content);
    for (const element of this.#boxes.slice(used)) {
      element.hidden = true;
      element.removeAttribute('id');
    }
    if (focusedBox) this.#scroller.setAttribute('aria-activedescendant', idOf(focused));
    else this.#scroller.removeAttribute('aria-activedescendant');
  }

  #element(index: number): HTMLElement {
    const known = this.#boxes[index];
    if (known) return known;
    const element = document.createElement('div');
    element.setAttribute('role', 'treeitem');
    this.#boxes.push(element);
    this.#body.append(element);
    return element;
  }

  #drawBox(element: HTMLElement, box: FlameBox, content: FlameContent): void {
    const { trace, layout } = content;
    element.hidden = false;
    element.id = box.node < 0 ? `flame-rest-${box.parent}` : idOf(box.node);
    element.dataset['node'] = String(box.node);
    element.className = classesOf(box, content);
    element.setAttribute('aria-level', String(box.line + 1));
    element.setAttribute('aria-selected', String(box.node === content.focused));
    const spoken = spokenBox(trace, layout, box);
    element.setAttribute('aria-label', spoken);
    element.title = spoken;
    const { style } = element;
    style.transform = `translate(${box.left}px, ${box.line * flameLineHeight}px)`;
    style.width = `${Math.max(1, box.width - 1)}px`;
    style.setProperty('--own', `${(box.self * 100).toFixed(2)}%`);
    element.textContent = box.width < narrowestText ? '' : boxText(trace, layout, box);
  }

  readonly #onScroll = oncePerFrame(() => this.#draw());
}

const idOf = (node: number): string => `flame-${node}`;

function classesOf(box: FlameBox, content: FlameContent): string {
  const { tree } = content.layout;
  const classes = ['flame-box'];
  if (box.width < narrowestText) classes.push('narrow');
  if (box.node < 0) return [...classes, 'rest'].join(' ');
  classes.push(`service-${colorOf(content.trace, spanRow(tree.longest[box.node] ?? 0))}`);
  if (box.node === content.focused) classes.push('focused');
  if ((tree.depth[box.node] ?? 0) < (tree.depth[content.zoomed] ?? 0)) classes.push('above');
  if ((tree.errors[box.node] ?? 0) > 0) classes.push('error');
  if ((tree.matches[box.node] ?? 0) > 0) classes.push('match');
  else if (content.isFiltered) classes.push('no-match');
  return classes.join(' ');
}
