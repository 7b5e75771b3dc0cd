import { formatCount } from '../../../src/core/base/format.ts';
import { spanRow } from '../../../src/core/base/units.ts';
import { barOf, labelPlace, sideOutside, type Bar } from '../../../src/core/waterfall/bar.ts';
import { coveredByChildren, criticalRuns } from '../../../src/core/waterfall/barParts.ts';
import { coveredRuns } from '../../../src/core/waterfall/coverage.ts';
import { indentOf, isCompressed } from '../../../src/core/waterfall/indent.ts';
import { refAt, type LineRef } from '../../../src/core/waterfall/lineRefs.ts';
import {
  barHeight,
  barLabelWidth,
  barTop,
  boxes,
  indentLimit,
  namePadding,
  narrowestSplit,
  pathHeight,
  pathTop,
  rowHeight,
} from '../../../src/core/waterfall/rowMeasures.ts';
import { confidenceElement, iconElement, pathElement } from '../icons.tsx';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';
import { lineContent, type LineContent } from './lineContent.ts';
import { Written } from './written.ts';

/** Widths in px, known from the page's size: nothing is measured for a row. */
export interface RowWidths {
  readonly names: number;
  readonly timeline: number;
}

/** Where and when a row is drawn. */
export interface RowPlace {
  readonly widths: RowWidths;
  /** Px of the rows above the content's beginning. */
  readonly base: number;
  /** Counts what rows are drawn of: another trace, layout, range or other matches. */
  readonly drawing: number;
}

/** The elements of one line, made once and filled again for each span that scrolls by. */
export class RowView {
  readonly element = make('div', 'row');
  /** The row's whole content for a screen reader. */
  readonly #spoken = make('span', 'spoken');
  readonly #name = make('div', 'row-name');
  readonly #depth = make('span', 'row-depth');
  readonly #count = make('span', 'row-count');
  readonly #operation = make('span', 'row-operation');
  readonly #service = make('span', 'row-service');
  readonly #repeats = make('span', 'badge');
  readonly #origin = make('span', 'badge');
  readonly #place = make('span', 'row-place');
  readonly #confidence = confidenceElement();
  readonly #bar = make('div', 'bar');
  /** What runs below a span, over its bar, and the parts of the critical path, below the bar. */
  readonly #covered = pathElement('bar-covered');
  readonly #critical = pathElement('bar-critical');
  readonly #label = make('span', 'bar-label');
  /** In place of a bar that is out of sight. */
  readonly #away = make('span', 'bar-away');
  readonly #written = new Written();
  #drawn = '';

  constructor() {
    const twistie = make('span', 'twistie');
    twistie.append(iconElement('chevron'));
    const open = make('span', 'row-open');
    open.append(iconElement('code'));
    const title = make('span', 'row-title');
    title.append(this.#depth, this.#count, this.#operation, this.#repeats, this.#origin);
    const texts = make('span', 'row-texts');
    texts.append(title, this.#service, this.#place);
    const swatch = make('span', 'swatch');
    this.#name.append(twistie, swatch, iconElement('error'), texts, open);
    this.#name.append(this.#confidence.element);
    const timeline = make('div', 'row-timeline');
    timeline.append(this.#bar, this.#covered.element, this.#critical.element);
    timeline.append(this.#label, this.#away);
    this.#name.setAttribute('aria-hidden', 'true');
    timeline.setAttribute('aria-hidden', 'true');
    this.element.setAttribute('role', 'treeitem');
    this.element.append(this.#spoken, this.#name, timeline);
  }

  hide(): void {
    this.element.hidden = true;
    this.#drawn = '';
  }

  /** Fills the line, unless it shows just that already. */
  draw(model: WaterfallModel, trace: PageTrace, line: number, place: RowPlace) {
    const ref = refAt(model.lines, line);
    if (!ref) return;
    const { widths, base, drawing } = place;
    const { selection } = model;
    const isSelected = selection?.row === ref.row && selection.group === ref.group;
    const stamp = `${line} ${base} ${drawing} ${isSelected} ${widths.names} ${widths.timeline}`;
    if (stamp === this.#drawn) return;
    this.#drawn = stamp;
    const content = lineContent(model, trace, ref);
    this.#written.style(this.element, 'transform', `translateY(${line * rowHeight - base}px)`);
    this.#drawState(model, line, ref, content, isSelected);
    this.#drawName(content, model.lines.level[line] ?? 0, widths.names);
    this.#drawBar(model, trace, content, widths.timeline);
  }

  #drawState(
    model: WaterfallModel,
    line: number,
    ref: LineRef,
    content: LineContent,
    isSelected: boolean,
  ): void {
    const { element } = this;
    element.hidden = false;
    const classes = ['row', ...content.classes];
    if (isSelected) classes.push('selected');
    if (content.isFolded) classes.push('folded');
    if (content.isParent) classes.push('parent');
    const { position, setSize } = model.places;
    const attributes = {
      id: lineId(ref),
      class: classes.join(' '),
      'data-row': String(ref.row),
      'data-group': String(ref.group),
      'aria-level': String((model.lines.level[line] ?? 0) + 1),
      'aria-posinset': String(position[line] ?? 1),
      'aria-setsize': String(setSize[line] ?? 1),
      'aria-selected': String(isSelected),
      'aria-expanded': content.isParent ? String(!content.isFolded) : undefined,
    };
    for (const [name, value] of Object.entries(attributes))
      this.#written.attribute(element, name, value);
    this.#written.text(this.#spoken, content.spoken);
  }

  #drawName(content: LineContent, level: number, width: number): void {
    const limit = indentLimit(width);
    const indent = indentOf(level, limit);
    this.#written.style(this.#name, 'padding-left', `${indent + namePadding}px`);
    this.#written.style(this.#name, 'background-size', `${indent}px 100%`);
    this.#written.text(this.#depth, isCompressed(level, limit) ? formatCount(level) : '');
    this.#written.text(this.#count, content.count);
    this.#written.text(this.#operation, content.operation);
    this.#written.text(this.#service, content.service);
    this.#written.text(this.#repeats, content.repeats);
    this.#written.text(this.#origin, content.origin);
    this.#written.text(this.#place, content.place);
    this.#repeats.classList.toggle('costly', content.isCostly);
    this.#count.classList.toggle('costly', content.isCostly);
    this.#confidence.show(content.confidence);
  }

  #drawBar(model: WaterfallModel, trace: PageTrace, content: LineContent, width: number): void {
    const { start, length, time: text } = content;
    const bar = barOf(start, length, model.range);
    this.#bar.hidden = bar === undefined;
    this.#label.hidden = bar === undefined;
    this.#away.hidden = bar !== undefined;
    this.#drawParts(model, trace, content, bar, width);
    if (!bar) {
      const isAfter = sideOutside(start, model.range) === 'after';
      this.#away.classList.toggle('after', isAfter);
      this.#written.text(this.#away, isAfter ? `${text} →` : `← ${text}`);
      return;
    }
    const { side, edge } = labelPlace(bar, width, barLabelWidth(text));
    const isLeft = side === 'left';
    const mask = content.members ? membersMask(model, trace, content.members, bar, width) : '';
    this.#written.style(this.#bar, 'left', percent(bar.left));
    this.#written.style(this.#bar, 'width', percent(bar.width));
    this.#written.style(this.#bar, 'mask-image', mask);
    this.#bar.classList.toggle('cut-left', bar.cutLeft);
    this.#bar.classList.toggle('cut-right', bar.cutRight);
    this.#written.style(this.#label, 'left', isLeft ? 'auto' : percent(edge));
    this.#written.style(this.#label, 'right', isLeft ? percent(1 - edge) : 'auto');
    this.#label.classList.toggle('inside', side === 'inside');
    this.#written.text(this.#label, text);
  }

  /** Of a bar that is on screen; narrow ones are too short to be told apart within. */
  #drawParts(
    model: WaterfallModel,
    trace: PageTrace,
    { onPath, parentRow }: LineContent,
    bar: Bar | undefined,
    width: number,
  ): void {
    const { columns } = trace.opened.shape;
    const cells = Math.max(1, Math.round(width));
    const critical = bar ? criticalRuns(columns, onPath, model.range, cells) : [];
    const isWide = bar !== undefined && bar.width * width >= narrowestSplit;
    const covered =
      isWide && parentRow !== undefined
        ? coveredByChildren(columns, parentRow, model.range, cells)
        : [];
    this.#critical.show(boxes(critical, width, pathTop, pathHeight));
    this.#covered.show(boxes(covered, width, barTop, barHeight));
  }
}

/** A gradient that leaves, of a group's bar, the times at which one of it runs; what lies between is faint. */
function membersMask(
  { range }: WaterfallModel,
  trace: PageTrace,
  members: Uint32Array,
  bar: Bar,
  width: number,
): string {
  const cells = Math.max(1, Math.min(200, Math.round(bar.width * width)));
  const length = range.end - range.start;
  const start = range.start + bar.left * length;
  const { columns } = trace.opened.shape;
  const runs = coveredRuns(columns, members, start, bar.width * length, cells);
  const stops = runs.flatMap(({ from, to }) => [
    `${gap} ${percent(from)}`,
    `#000 ${percent(from)} ${percent(to)}`,
    `${gap} ${percent(to)}`,
  ]);
  return `linear-gradient(to right, ${gap} 0%, ${stops.join(', ')}, ${gap} 100%)`;
}
const gap = 'rgb(0 0 0 / 25%)';

/** Id of a line's element while it is on screen, for `aria-activedescendant`. */
export const lineId = ({ row, group }: LineRef): string =>
  group < 0 ? `row-${row}` : `group-${group}`;

/** What the line stands for that an event happened on. */
export function lineOfEvent(event: Event): LineRef | undefined {
  const target = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  if (!(target instanceof HTMLElement)) return undefined;
  const { row, group } = target.dataset;
  return { row: spanRow(Number(row)), group: Number(group) };
}

const percent = (share: number): string => `${(share * 100).toFixed(4)}%`;

function make(tag: 'div' | 'span', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
