import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { keepKeyboard } from '../../rows/keepKeyboard.ts';
import { useClickAhead } from '../../rows/useClickAhead.ts';
import { GridHead } from './gridHead.tsx';
import { gridKey, movedTo } from './gridKeys.ts';
import type { GridColumn, GridLines, GridSort } from './gridLine.ts';
import { GridRows } from './gridRows.ts';

export interface GridProps<Key extends string> {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly GridColumn<Key>[];
  readonly lines: GridLines;
  readonly sort: GridSort<Key>;
  readonly onSort: (sort: GridSort<Key>) => void;
  /** The line that has the keyboard; -1: none. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** Another value brings the active line into view: it was chosen elsewhere. */
  readonly revealed?: number;
  /** A click on a line may follow. */
  readonly onAhead?: (index: number) => void;
  /** Enter or a click. */
  readonly onOpen: (index: number) => void;
  /** Enter or a double click, where that is something else than a click. */
  readonly onEnter?: (index: number) => void;
  /** A click on a link. */
  readonly onLink?: (index: number) => void;
  /** Left, Right or a click on the arrow; undefined: no line can be opened. */
  readonly onToggle?: (index: number, open: boolean) => void;
  /** Keys that aren't the grid's own. */
  readonly onOtherKey: (event: KeyboardEvent) => void;
  /** Says so where there are no lines. */
  readonly empty: string;
  readonly element: RefObject<HTMLDivElement | null>;
}

/** Lines under heads that sort them, as many as there are: one tab stop for each of both. */
export function Grid<Key extends string>(props: GridProps<Key>) {
  const { id, columns, lines, active, element } = props;
  const body = useRef<HTMLDivElement>(null);
  const rows = useRef<GridRows | undefined>(undefined);
  const shape = columns.map(({ key }) => key).join(' ');
  useLayoutEffect(() => {
    if (!element.current || !body.current) return undefined;
    const elements = { scroller: element.current, body: body.current };
    const drawn = new GridRows(id, columns, elements);
    rows.current = drawn;
    return () => drawn.dispose();
  }, [id, shape]);
  useLayoutEffect(() => rows.current?.show({ lines, active }));
  useLayoutEffect(() => {
    if (active >= 0) rows.current?.reveal(active);
  }, [props.revealed]);
  const latest = useRef(props);
  latest.current = props;
  const onKeyDown = (event: KeyboardEvent) => {
    onGridKey(event, latest.current, rows.current);
  };
  useLayoutEffect(() => {
    const keeping = keepKeyboard(() => element.current?.focus({ preventScroll: true }), onKeyDown);
    return () => keeping.dispose();
  }, []);
  const ahead = useClickAhead((event) => {
    const index = lineOfEvent(event);
    if (index !== undefined) props.onAhead?.(index);
  });
  const [first, ...others] = columns.map(({ width }) => width);
  const tracks = [`minmax(${first ?? 0}px, 1fr)`, ...others.map((width) => `${width}px`)];
  return (
    <div class="grid-box">
      <div
        class="data-grid"
        ref={element}
        role={props.onToggle ? 'treegrid' : 'grid'}
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={lines.count + 1}
        aria-colcount={columns.length}
        style={{
          '--columns': tracks.join(' '),
          '--grid-width': `${columns.reduce((sum, { width }) => sum + width, 0)}px`,
        }}
        onKeyDown={onKeyDown}
        {...ahead}
        onClick={(event: MouseEvent) => onClick(event, props)}
        onDblClick={(event: MouseEvent) => {
          const index = lineOfEvent(event);
          if (index !== undefined) props.onEnter?.(index);
        }}
      >
        <GridHead
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          focusLines={() => element.current?.focus()}
        />
        <div class="grid-body" role="none" ref={body} />
      </div>
      {lines.count === 0 && <p class="tree-empty">{props.empty}</p>}
    </div>
  );
}

function onGridKey<Key extends string>(
  event: KeyboardEvent,
  props: GridProps<Key>,
  rows: GridRows | undefined,
): void {
  const key = gridKey(event);
  const { active, lines } = props;
  if (key === undefined) {
    props.onOtherKey(event);
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const move = (index: number) => {
    if (index < 0) return;
    props.onActive(index);
    rows?.reveal(index);
  };
  if (key === 'enter') {
    if (active >= 0) (props.onEnter ?? props.onOpen)(active);
  } else if (key === 'left' || key === 'right') {
    const line = lines.at(active);
    const open = key === 'right';
    if (line?.isOpen === !open) props.onToggle?.(active, open);
    else if ((line?.level ?? 1) > 1 && !open) move(lineAbove(lines, active));
    else if (line?.isOpen === undefined) rows?.scrollSideways(open ? 80 : -80);
  } else move(movedTo(active, key, lines.count, rows?.pageLines ?? 1));
}

function onClick<Key extends string>(event: MouseEvent, props: GridProps<Key>): void {
  const index = lineOfEvent(event);
  if (index === undefined) return;
  const { isOpen } = props.lines.at(index) ?? {};
  props.onActive(index);
  if (isOnTwistie(event) && isOpen !== undefined) props.onToggle?.(index, !isOpen);
  else if (isOnLink(event)) props.onLink?.(index);
  else props.onOpen(index);
}

function lineOfEvent({ target }: Event): number | undefined {
  const row = target instanceof Element ? target.closest('[data-line]') : null;
  return row instanceof HTMLElement ? Number(row.dataset['line']) : undefined;
}

const isOnTwistie = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('.twistie') !== null;

const isOnLink = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('.grid-link') !== null;

/** The line that this one is a part of. */
function lineAbove(lines: GridLines, index: number): number {
  const level = lines.at(index)?.level ?? 1;
  let above = index - 1;
  while (above >= 0 && (lines.at(above)?.level ?? 1) >= level) above -= 1;
  return above;
}
