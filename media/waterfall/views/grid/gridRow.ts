import { iconElement } from '../../icons.tsx';
import type { GridColumn, GridLine } from './gridLine.ts';

export const gridRowHeight = 24;

/** Where a line is drawn. */
export interface GridPlace {
  readonly index: number;
  readonly id: string;
  readonly isActive: boolean;
}

/** The elements of one line of a grid, made once and filled again for each that scrolls by. */
export class GridRow {
  readonly element = document.createElement('div');
  readonly #cells: readonly HTMLElement[];
  readonly #texts: readonly HTMLElement[];
  readonly #share = make('span', 'grid-share');
  readonly #difference = make('span', 'grid-difference');

  constructor(columns: readonly GridColumn[]) {
    this.element.setAttribute('role', 'row');
    this.#texts = columns.map(() => make('span', 'grid-text'));
    this.#cells = columns.map((column, at) => {
      const cell = make('div', column.isNumber ? 'grid-cell grid-number' : 'grid-cell');
      cell.setAttribute('role', at === 0 ? 'rowheader' : 'gridcell');
      if (at === 0) {
        const twistie = make('span', 'twistie');
        twistie.append(iconElement('chevron'));
        cell.classList.add('grid-name');
        cell.append(twistie, make('span', 'swatch'), iconElement('error'));
      }
      const text = this.#texts[at];
      if (text) cell.append(text);
      return cell;
    });
    this.element.append(...this.#cells);
  }

  /** Another row has its line, and that line's id, from now on. */
  hide(): void {
    this.element.hidden = true;
    this.element.removeAttribute('id');
  }

  draw(line: GridLine, { index, id, isActive }: GridPlace): void {
    const { element } = this;
    element.hidden = false;
    element.id = id;
    element.dataset['line'] = String(index);
    element.style.transform = `translateY(${index * gridRowHeight}px)`;
    const classes = ['grid-row', ...(line.classes ?? [])];
    if (line.color !== undefined) classes.push(`service-${line.color}`, 'colored');
    if (isActive) classes.push('active');
    if (line.isOpen !== undefined) classes.push('parent');
    if (line.isOpen === false) classes.push('folded');
    if (line.indent === undefined && (line.level ?? 1) > 1) classes.push('part');
    element.className = classes.join(' ');
    // The heads are the first row.
    setAttribute(element, 'aria-rowindex', index + 2);
    setAttribute(element, 'aria-selected', isActive);
    setAttribute(element, 'aria-level', line.level);
    setAttribute(element, 'aria-posinset', line.position);
    setAttribute(element, 'aria-setsize', line.setSize);
    setAttribute(element, 'aria-expanded', line.isOpen);
    line.texts.forEach((text, at) => {
      const cell = this.#texts[at];
      if (!cell || cell.textContent === text) return;
      cell.textContent = text;
      cell.title = text;
    });
    const [name] = this.#cells;
    if (name)
      name.style.paddingInlineStart = line.indent === undefined ? '' : `${14 + line.indent}px`;
    this.#texts.forEach((text, at) => text.classList.toggle('grid-link', at === line.link));
    this.#drawShare(line);
    this.#drawDifference(line);
  }

  #drawShare({ share }: GridLine): void {
    if (!share || share.of <= 0) {
      this.#share.remove();
      return;
    }
    const cell = this.#cells[share.column];
    if (this.#share.parentElement !== cell) cell?.append(this.#share);
    this.#share.style.width = `${(share.of * 100).toFixed(2)}%`;
  }

  /** Half of the cell at most. */
  #drawDifference({ difference }: GridLine): void {
    const bar = this.#difference;
    bar.parentElement?.classList.remove('has-difference');
    bar.remove();
    if (!difference) return;
    const cell = this.#cells[difference.column];
    cell?.classList.add('has-difference');
    cell?.append(bar);
    const isLess = difference.of < 0;
    bar.className = isLess ? 'grid-difference faster' : 'grid-difference';
    const length = (Math.abs(difference.of) * 50).toFixed(2);
    bar.style.width = `${length}%`;
    bar.style.left = isLess ? `calc(50% - ${length}%)` : '50%';
  }
}

function setAttribute(
  element: HTMLElement,
  name: string,
  value: string | number | boolean | undefined,
): void {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

function make(tag: 'div' | 'span', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
