import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import { axisTicks } from '../../../src/core/waterfall/axisTicks.ts';
import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { isWhole, panned } from '../../../src/core/waterfall/timeRange.ts';
import type { WaterfallModel } from '../model.ts';
import { Sash } from '../sash.tsx';
import { Axis, GridLines } from '../timeline/axis.tsx';
import { focusFilter } from '../filter/filterField.tsx';
import { keepKeyboard } from './keepKeyboard.ts';
import { RowList } from './rowList.ts';
import { rowOfEvent } from './rowView.ts';
import { Tooltip } from './tooltip.ts';
import { onTreeKey } from './treeKeys.ts';

export interface TreeProps {
  readonly model: WaterfallModel;
  readonly tree: RefObject<HTMLDivElement | null>;
  readonly openCode: (row: SpanRow) => void;
  readonly previewCode: (row: SpanRow) => void;
  readonly focusDetails: () => void;
}

/** The drawn parts, made once the elements are there. */
interface Drawn {
  readonly list: RowList;
  readonly tooltip: Tooltip;
}

/** The rows under their axis: one tab stop, which takes the focus that nothing else in the page has; keys and clicks are the tree's, drawing is `RowList`'s. */
export function Tree({ model, tree, openCode, previewCode, focusDetails }: TreeProps) {
  const content = useRef<HTMLDivElement>(null);
  const tooltipBox = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | undefined>(undefined);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    if (!tree.current || !content.current || !tooltipBox.current) return undefined;
    const scroller = tree.current;
    const list = new RowList(model, scroller, content.current);
    const tooltip = new Tooltip(model, scroller, tooltipBox.current);
    drawn.current = { list, tooltip };
    const drawing = model.changed(() => list.draw());
    const sizes = new ResizeObserver(() => setWidth(scroller.clientWidth));
    sizes.observe(scroller);
    return () => {
      for (const part of [drawing, tooltip, list]) part.dispose();
      sizes.disconnect();
    };
  }, [model, tree]);

  const openSelected = () => {
    if (model.selected !== undefined) openCode(model.selected);
  };
  const onKeyDown = (event: KeyboardEvent) =>
    onTreeKey(event, model, {
      pageLines: () => drawn.current?.list.pageLines ?? 1,
      openCode: openSelected,
      focusFilter,
      focusDetails,
      hideTooltip: () => drawn.current?.tooltip.hide(),
    });
  useLayoutEffect(() => {
    const keeping = keepKeyboard(() => tree.current?.focus({ preventScroll: true }), onKeyDown);
    return () => keeping.dispose();
  }, [model, tree]);
  const ticks = axisTicks(model.range, width * (1 - model.namesShare));
  return (
    <div
      class="waterfall"
      style={{
        '--tree-width': `${width}px`,
        '--names': `${Math.round(width * model.namesShare)}px`,
      }}
    >
      <div class="column-heads">
        <div class="column-head">{message('Span')}</div>
        <Axis ticks={ticks} />
      </div>
      <GridLines ticks={ticks} />
      <div
        class="tree"
        ref={tree}
        role="tree"
        tabIndex={0}
        aria-label={message('Spans in the trace')}
        onKeyDown={onKeyDown}
        onClick={(event: MouseEvent) => onClick(event, model, openCode, previewCode)}
        onDblClick={(event: MouseEvent) => {
          const row = rowOfEvent(event);
          if (row !== undefined && !isOn(event, `.twistie, .bar-away, ${opening}`)) openCode(row);
        }}
        onWheel={(event: WheelEvent) => onWheel(event, model)}
      >
        <div class="tree-content" role="none" ref={content} />
      </div>
      {model.rows.length === 0 && (
        <p class="tree-empty">
          {model.matches ? message('No matching spans.') : message('This trace has no spans.')}
        </p>
      )}
      <Sash
        className="sash-names"
        label={message('Name column width')}
        direction="column"
        share={() => model.namesShare}
        onShare={(share) => model.setNamesShare(share)}
      />
      <div class="tooltip" role="tooltip" ref={tooltipBox} hidden />
    </div>
  );
}

/** Parts of a row that open its code at the first click. */
const opening = '.row-open, .row-place';

/** As a list of the editor: a click selects and previews, and the second of a double click is left to that. */
function onClick(
  event: MouseEvent,
  model: WaterfallModel,
  openCode: (row: SpanRow) => void,
  previewCode: (row: SpanRow) => void,
): void {
  const row = rowOfEvent(event);
  if (row === undefined || !model.shape) return;
  if (isOn(event, '.twistie') && hasChildren(model.shape, row)) {
    model.setFold(row, model.folds[row] !== 1);
    return;
  }
  if (isOn(event, '.bar-away')) {
    model.showBar(row);
    return;
  }
  if (event.detail === 2) return;
  model.select(row);
  if (event.ctrlKey || event.metaKey || isOn(event, opening)) openCode(row);
  else {
    model.setDetailsOpen(true);
    previewCode(row);
  }
}

/** Wheel with Shift, or sideways: through time, when zoomed. Else the rows scroll by themselves. */
function onWheel(event: WheelEvent, model: WaterfallModel): void {
  const { shape, range } = model;
  if (!shape || event.ctrlKey || event.metaKey || isWhole(range, shape.duration)) return;
  const sideways = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX;
  if (sideways === 0 || Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  model.setRange(panned(range, sideways / 1_000, shape.duration));
}

const isOn = (event: Event, selector: string): boolean =>
  event.target instanceof Element && event.target.closest(selector) !== null;
