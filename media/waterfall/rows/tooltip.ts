import type { Disposable } from '../../../src/core/base/disposable.ts';
import { formatCount, formatDuration, formatExactDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds, type SpanRow } from '../../../src/core/base/units.ts';
import { criticalTimeText } from '../../../src/core/waterfall/criticalTimeText.ts';
import { confidenceLabel, isError } from '../../../src/core/waterfall/describeRow.ts';
import type { LineRef } from '../../../src/core/waterfall/lineRefs.ts';
import type { WaterfallModel } from '../model.ts';
import { confidenceOf, placeOf, type PageTrace } from '../openTrace.ts';
import { lineOfEvent } from './rowView.ts';
import { groupTooltip } from './groupTooltip.ts';

const delayMs = 450;

/** What the pointer rests on, with exact times. All of it is in the details and the row's label too. */
export class Tooltip implements Disposable {
  readonly #model: WaterfallModel;
  readonly #scroller: HTMLElement;
  readonly #element: HTMLElement;
  #timer = 0;
  #line: LineRef | undefined;

  constructor(model: WaterfallModel, scroller: HTMLElement, element: HTMLElement) {
    this.#model = model;
    this.#scroller = scroller;
    this.#element = element;
    scroller.addEventListener('pointermove', this.#onMove);
    for (const name of hidingEvents) scroller.addEventListener(name, this.hide);
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
    this.#scroller.removeEventListener('pointermove', this.#onMove);
    for (const name of hidingEvents) this.#scroller.removeEventListener(name, this.hide);
  }

  readonly hide = () => {
    window.clearTimeout(this.#timer);
    this.#line = undefined;
    this.#element.hidden = true;
  };

  readonly #onMove = (event: PointerEvent) => {
    const line = lineOfEvent(event);
    if (line?.row === this.#line?.row && line?.group === this.#line?.group) return;
    this.hide();
    if (!line) return;
    this.#line = line;
    this.#timer = window.setTimeout(() => {
      this.#show(line, event.clientX, event.clientY);
    }, delayMs);
  };

  #show({ row, group }: LineRef, x: number, y: number): void {
    const { trace, lines: shown } = this.#model;
    if (!trace) return;
    const texts = group < 0 ? lines(trace, row) : groupTooltip(trace, shown, group);
    const title = document.createElement('div');
    title.className = 'tooltip-title';
    title.textContent = trace.text.operation(row);
    const hint = document.createElement('div');
    hint.className = 'tooltip-hint';
    if (placeOf(trace, row) !== '')
      hint.textContent = message('Enter or double-click: open the line');
    this.#element.replaceChildren(title, ...texts.map(lineElement), hint);
    this.#element.hidden = false;
    const { offsetWidth, offsetHeight } = this.#element;
    const left = Math.max(4, Math.min(x + 12, window.innerWidth - offsetWidth - 4));
    const below = y + 18;
    const top = below + offsetHeight > window.innerHeight ? y - offsetHeight - 10 : below;
    this.#element.style.transform = `translate(${left}px, ${Math.max(4, top)}px)`;
  }
}

const hidingEvents = ['pointerleave', 'pointerdown', 'scroll', 'wheel'] as const;

function lines(trace: PageTrace, row: SpanRow): readonly (readonly [string, string])[] {
  const { shape, repeats, repeatTime } = trace.opened;
  const { columns } = shape;
  const start = columns.start[row] ?? 0;
  const duration = columns.duration[row] ?? 0;
  const exact = (value: number) => formatExactDuration(microseconds(value));
  const place = placeOf(trace, row);
  const confidence = confidenceLabel(confidenceOf(trace, row));
  return [
    [message('Service'), trace.text.service(row)],
    [message('Duration'), exact(duration)],
    [message('Self time'), exact(columns.selfTime[row] ?? 0)],
    [message('Starts at'), exact(start)],
    [message('Ends at'), exact(start + duration)],
    ...(isError(shape, row) ? [[message('Status'), message('error')] as const] : []),
    ...(columns.critical[row] === 1
      ? [[message('Critical path'), criticalTimeText(columns, row)] as const]
      : []),
    ...((repeats[row] ?? 0) > 1
      ? [[message('Same line'), sameLine(repeats[row] ?? 0, repeatTime[row] ?? 0)] as const]
      : []),
    [message('Code'), place === '' ? confidence : `${place} · ${confidence}`],
  ];
}

/** `22 calls · 2.02 s on the critical path`. */
const sameLine = (calls: number, time: number): string =>
  [
    message('{0} calls', formatCount(calls)),
    message('{0} on the critical path', formatDuration(microseconds(time))),
  ].join(' · ');

function lineElement([name, value]: readonly [string, string]): HTMLElement {
  const line = document.createElement('div');
  line.className = 'tooltip-line';
  const term = document.createElement('span');
  term.textContent = name;
  const text = document.createElement('span');
  text.textContent = value;
  line.append(term, text);
  return line;
}
