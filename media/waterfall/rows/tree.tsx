import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import { axisTicks } from '../../../src/core/waterfall/axisTicks.ts';
import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { isWhole, panned, zoomed } from '../../../src/core/waterfall/timeRange.ts';
import { useWidth } from '../../useWidth.ts';
import type { WaterfallModel } from '../model.ts';
import { Sash } from '../sash.tsx';
import { Axis, GridLines } from '../timeline/axis.tsx';
import { showBar } from '../timeline/showTime.ts';
import { wheelFactor, wheelShare } from '../timeline/wheel.ts';
import { focusFilter } from '../filter/filterField.tsx';
import { nothingShown } from '../views/nothingShown.ts';
import { keepKeyboard } from './keepKeyboard.ts';
import { RowList } from './rowList.ts';
import { lineOfEvent } from './rowView.ts';
import { Tooltip } from './tooltip.ts';
import { onTreeKey } from './treeKeys.ts';
import { useClickAhead } from './useClickAhead.ts';

export interface TreeProps {
  readonly model: WaterfallModel;
  readonly tree: RefObject<HTMLDivElement | null>;
  readonly openCode: (row: SpanRow) => void;
  readonly previewCode: (row: SpanRow) => void;
  /** A click on a span may follow. */
  readonly onAhead: (row: SpanRow) => void;
  readonly focusDetails: () => void;
}

/** The drawn parts, made once the elements are there. */
interface Drawn {
  readonly list: RowList;
  readonly tooltip: Tooltip;
}

/** The rows under their axis: one tab stop, which takes the focus that nothing else in the page has; keys and clicks are the tree's, drawing is `RowList`'s. */
export function Tree({ model, tree, openCode, previewCode, onAhead, focusDetails }: TreeProps) {
  const content = useRef<HTMLDivElement>(null);
  const tooltipBox = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | undefined>(undefined);
  // Before the effect below: its observer then comes before that of the rows, which are laid out once.
  const width = useWidth(tree);
  const isThere = model.trace !== undefined;

  useLayoutEffect(() => {
    if (!tree.current || !content.current || !tooltipBox.current) return undefined;
    const scroller = tree.current;
    const list = new RowList(model, scroller, content.current);
    const tooltip = new Tooltip(model, scroller, tooltipBox.current);
    drawn.current = { list, tooltip };
    const drawing = model.changed(() => list.draw());
    return () => {
      for (const part of [drawing, tooltip, list]) part.dispose();
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
    if (!isThere) return undefined;
    const keeping = keepKeyboard(() => tree.current?.focus({ preventScroll: true }), onKeyDown);
    return () => keeping.dispose();
  }, [model, tree, isThere]);
  const ahead = useClickAhead((event) => {
    const line = lineOfEvent(event);
    if (line && !isOn(event, '.twistie')) onAhead(model.rowOf(line));
  });
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
        {...ahead}
        onClick={(event: MouseEvent) => onClick(event, model, openCode, previewCode)}
        onDblClick={(event: MouseEvent) => {
          if (lineOfEvent(event) && !isOn(event, `.twistie, .bar-away, ${opening}`)) openSelected();
        }}
        onWheel={(event: WheelEvent) => onWheel(event, model)}
      >
        <div class="tree-content" role="none" ref={content} />
      </div>
      {model.lines.count === 0 && <p class="tree-empty">{nothingShown(model)}</p>}
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
  const line = lineOfEvent(event);
  if (!line || !model.shape) return;
  const isParent = line.group >= 0 || hasChildren(model.shape, line.row);
  if (isOn(event, '.twistie') && isParent) {
    model.setFold(line, !model.isFolded(line));
    return;
  }
  if (isOn(event, '.bar-away')) {
    showBar(model, line);
    return;
  }
  if (event.detail === 2) return;
  model.selectLine(line);
  const row = model.selected ?? line.row;
  if (event.ctrlKey || event.metaKey || isOn(event, opening)) openCode(row);
  else {
    model.setDetailsOpen(true);
    previewCode(row);
  }
}

/**
 * Wheel with Ctrl or Cmd: zooms at the pointer, a pinch too. With Shift, or sideways: through time, when zoomed. Else the
 * rows scroll by themselves.
 */
function onWheel(event: WheelEvent, model: WaterfallModel): void {
  const { shape, range } = model;
  if (!shape) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    model.setRange(zoomed(range, wheelFactor(event), timeShare(event), shape.duration), 'range');
    return;
  }
  if (isWhole(range, shape.duration)) return;
  const share = wheelShare(event);
  if (share === 0) return;
  event.preventDefault();
  model.setRange(panned(range, share, shape.duration), 'range');
}

/** Where the pointer is in the time on screen, 0 to 1; the middle over the names. */
function timeShare(event: MouseEvent): number {
  const timeline =
    event.target instanceof Element
      ? event.target.closest('.row')?.querySelector('.row-timeline')
      : null;
  const bounds = timeline?.getBoundingClientRect();
  if (!bounds || event.clientX < bounds.left) return 0.5;
  return Math.min(1, (event.clientX - bounds.left) / bounds.width);
}

const isOn = (event: Event, selector: string): boolean =>
  event.target instanceof Element && event.target.closest(selector) !== null;
