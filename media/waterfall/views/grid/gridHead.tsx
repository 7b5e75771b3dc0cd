import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../icons.tsx';
import type { GridColumn, GridSort } from './gridLine.ts';

interface GridHeadProps<Key extends string> {
  readonly columns: readonly GridColumn<Key>[];
  readonly sort: GridSort<Key>;
  readonly onSort: (sort: GridSort<Key>) => void;
  /** Down from the heads goes to the lines. */
  readonly focusLines: () => void;
}

/** The heads of a grid: one tab stop, Left and Right go along them, Enter sorts and turns the order round. */
export function GridHead<Key extends string>(props: GridHeadProps<Key>) {
  const { columns, sort, onSort, focusLines } = props;
  const head = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = columns.length - 1;
    const next = {
      ArrowLeft: Math.max(0, focused - 1),
      ArrowRight: Math.min(last, focused + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined && event.key !== 'ArrowDown') {
      if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) focusLines();
    else head.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div class="grid-head" role="row" aria-rowindex={1} ref={head} onKeyDown={onKeyDown}>
      {columns.map((column, at) => {
        const isSorted = sort.key === column.key;
        const order = sort.ascending ? 'ascending' : 'descending';
        return (
          <div
            key={column.key}
            class={`grid-cell${at === 0 ? ' grid-name' : ''}${column.isNumber ? ' grid-number' : ''}`}
            role="columnheader"
            aria-sort={isSorted ? order : undefined}
          >
            <button
              type="button"
              class={isSorted ? `grid-sort sorted ${order}` : 'grid-sort'}
              title={column.hint ?? column.label}
              tabIndex={at === Math.min(focused, columns.length - 1) ? 0 : -1}
              onFocus={() => setFocused(at)}
              onClick={() =>
                onSort({
                  key: column.key,
                  ascending: isSorted ? !sort.ascending : !column.isNumber,
                })
              }
            >
              <span class="grid-label">{column.label}</span>
              <Icon name={sort.ascending ? 'up' : 'down'} />
            </button>
          </div>
        );
      })}
    </div>
  );
}
