import { formatCount, formatDuration } from '../../../src/core/base/format.ts';
import { microseconds, spanRow, type SpanRow } from '../../../src/core/base/units.ts';
import { barOf, labelPlace, sideOutside } from '../../../src/core/waterfall/bar.ts';
import { describeRow, isError } from '../../../src/core/waterfall/describeRow.ts';
import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { indentOf, isCompressed } from '../../../src/core/waterfall/indent.ts';
import { confidenceElement, iconElement } from '../icons.tsx';
import type { WaterfallModel } from '../model.ts';
import { colorOf, confidenceOf, marksOf, placeOf, type PageTrace } from '../openTrace.ts';

export const rowHeight = 24;

/** Widths in px, known from the page's size: nothing is measured for a row. */
export interface RowWidths {
  readonly names: number;
  readonly timeline: number;
}

const characterWidth = 7;
/** Left of the first level, px. */
const namePadding = 8;

/** The elements of one line, made once and filled again for each span that scrolls by. */
export class RowView {
  readonly element = make('div', 'row');
  /** The row's whole content for a screen reader. */
  readonly #spoken = make('span', 'spoken');
  readonly #name = make('div', 'row-name');
  readonly #depth = make('span', 'row-depth');
  readonly #operation = make('span', 'row-operation');
  readonly #service = make('span', 'row-service');
  readonly #repeats = make('span', 'badge');
  readonly #place = make('span', 'row-place');
  readonly #confidence = confidenceElement();
  readonly #bar = make('div', 'bar');
  readonly #label = make('span', 'bar-label');
  /** In place of a bar that is out of sight. */
  readonly #away = make('span', 'bar-away');
  #drawn = '';

  constructor() {
    const twistie = make('span', 'twistie');
    twistie.append(iconElement('chevron'));
    const open = make('span', 'row-open');
    open.append(iconElement('code'));
    const title = make('span', 'row-title');
    title.append(this.#depth, this.#operation, this.#repeats);
    const texts = make('span', 'row-texts');
    texts.append(title, this.#service, this.#place);
    const swatch = make('span', 'swatch');
    this.#name.append(twistie, swatch, iconElement('error'), texts, open);
    this.#name.append(this.#confidence.element);
    const timeline = make('div', 'row-timeline');
    timeline.append(this.#bar, this.#label, this.#away);
    this.#name.setAttribute('aria-hidden', 'true');
    timeline.setAttribute('aria-hidden', 'true');
    this.element.setAttribute('role', 'treeitem');
    this.element.append(this.#spoken, this.#name, timeline);
  }

  hide(): void {
    this.element.hidden = true;
    this.#drawn = '';
  }

  /** Fills the line with a span, unless it shows just that already. */
  draw(model: WaterfallModel, trace: PageTrace, line: number, row: SpanRow, widths: RowWidths) {
    const stamp = `${line} ${row} ${model.generation} ${widths.names} ${widths.timeline}`;
    if (stamp === this.#drawn) return;
    this.#drawn = stamp;
    this.#drawState(model, trace, line, row);
    this.#drawName(trace, row, widths.names);
    this.#drawBar(model, trace, row, widths.timeline);
  }

  #drawState(model: WaterfallModel, trace: PageTrace, line: number, row: SpanRow): void {
    const { element } = this;
    const { shape } = trace.opened;
    const folded = model.folds[row] === 1;
    const matched = model.matches?.[row] === 1;
    const selected = model.selected === row;
    element.hidden = false;
    element.id = rowId(row);
    element.dataset['row'] = String(row);
    element.style.transform = `translateY(${line * rowHeight}px)`;
    const classes = ['row', `service-${colorOf(trace, row)}`];
    if (selected) classes.push('selected');
    if (matched) classes.push('match');
    else if (model.matches) classes.push('no-match');
    if (folded) classes.push('folded');
    if (isError(shape, row)) classes.push('error');
    if (shape.columns.critical[row] === 1) classes.push('critical');
    if (hasChildren(shape, row)) classes.push('parent');
    if (confidenceOf(trace, row) === 'unmapped') classes.push('unmapped');
    element.className = classes.join(' ');
    element.setAttribute('aria-level', String((shape.columns.depth[row] ?? 0) + 1));
    element.setAttribute('aria-posinset', String(trace.siblings.position[row] ?? 1));
    element.setAttribute('aria-setsize', String(trace.siblings.setSize[row] ?? 1));
    element.setAttribute('aria-selected', String(selected));
    if (hasChildren(shape, row)) element.setAttribute('aria-expanded', String(!folded));
    else element.removeAttribute('aria-expanded');
    const marks = marksOf(trace, row, folded, matched);
    this.#spoken.textContent = describeRow(shape, row, marks);
  }

  #drawName(trace: PageTrace, row: SpanRow, width: number): void {
    const { columns } = trace.opened.shape;
    const depth = columns.depth[row] ?? 0;
    const limit = Math.max(28, width * 0.4);
    const indent = indentOf(depth, limit);
    this.#name.style.paddingLeft = `${indent + namePadding}px`;
    this.#name.style.backgroundSize = `${indent}px 100%`;
    this.#depth.textContent = isCompressed(depth, limit) ? formatCount(depth) : '';
    this.#operation.textContent = trace.text.operation(row);
    const parent = columns.parent[row] ?? -1;
    const sameService = parent >= 0 && columns.service[parent] === columns.service[row];
    this.#service.textContent = sameService ? '' : trace.text.service(row);
    const repeats = trace.opened.repeats[row] ?? 0;
    this.#repeats.textContent = repeats > 1 ? `×${formatCount(repeats)}` : '';
    this.#place.textContent = placeOf(trace, row);
    this.#confidence.show(confidenceOf(trace, row));
  }

  #drawBar(model: WaterfallModel, trace: PageTrace, row: SpanRow, width: number): void {
    const { columns } = trace.opened.shape;
    const duration = microseconds(columns.duration[row] ?? 0);
    const start = columns.start[row] ?? 0;
    const bar = barOf(start, duration, model.range);
    const text = formatDuration(duration);
    this.#bar.hidden = bar === undefined;
    this.#label.hidden = bar === undefined;
    this.#away.hidden = bar !== undefined;
    if (!bar) {
      const isAfter = sideOutside(start, model.range) === 'after';
      this.#away.classList.toggle('after', isAfter);
      this.#away.textContent = isAfter ? `${text} →` : `← ${text}`;
      return;
    }
    const { side, edge } = labelPlace(bar, width, text.length * characterWidth + 14);
    const { style } = this.#label;
    this.#bar.style.left = percent(bar.left);
    this.#bar.style.width = percent(bar.width);
    this.#bar.classList.toggle('cut-left', bar.cutLeft);
    this.#bar.classList.toggle('cut-right', bar.cutRight);
    style.left = side === 'left' ? 'auto' : percent(edge);
    style.right = side === 'left' ? percent(1 - edge) : 'auto';
    this.#label.classList.toggle('inside', side === 'inside');
    this.#label.textContent = text;
  }
}

/** Id of a row's element while it is on screen, for `aria-activedescendant`. */
export const rowId = (row: SpanRow): string => `row-${row}`;

/** The span of the line an event happened on. */
export function rowOfEvent(event: Event): SpanRow | undefined {
  const target = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  const row = target instanceof HTMLElement ? target.dataset['row'] : undefined;
  return row === undefined ? undefined : spanRow(Number(row));
}

const percent = (share: number): string => `${(share * 100).toFixed(4)}%`;

function make(tag: 'div' | 'span', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
