import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatDuration } from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { microseconds, spanRow, type SpanRow } from '../../../../src/core/base/units.ts';
import { treeCommand } from '../../../../src/core/waterfall/keys.ts';
import { isError } from '../../../../src/core/waterfall/describeRow.ts';
import { sortOf, sortText } from '../../../../src/core/waterfall/viewSettings.ts';
import {
  listKeys,
  sortSpans,
  type ListKey,
  type ListSort,
} from '../../../../src/core/waterfall/list/sortSpans.ts';
import type { WaterfallModel } from '../../model.ts';
import { colorOf, type PageTrace } from '../../openTrace.ts';
import { Grid } from '../grid/grid.tsx';
import { timeWidth, type GridColumn, type GridLine } from '../grid/gridLine.ts';
import { keptSettings } from '../keptState.ts';
import { nothingShown } from '../nothingShown.ts';
import { SeenNote } from '../seenNote.tsx';
import { useSeenSpans } from '../useSeenSpans.ts';
import { onViewKey } from '../viewKeys.ts';

export interface SpanListProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly element: RefObject<HTMLDivElement | null>;
  /** A click on a span may follow. */
  readonly onAhead: (row: SpanRow) => void;
  readonly openCode: (row: SpanRow) => void;
  readonly focusDetails: () => void;
}

const useSort = keptSettings<ListSort>(
  { key: 'duration', ascending: false },
  {
    write: (sort) => ({ 'list.sort': sortText(sort) }),
    read: (settings) => sortOf(settings, 'list.sort', listKeys) ?? {},
  },
);

const listColumns = (): readonly GridColumn<ListKey>[] => [
  { key: 'operation', label: message('Operation'), width: 180, isNumber: false },
  { key: 'service', label: message('Service'), width: 140, isNumber: false },
  { key: 'start', label: message('Starts at'), width: timeWidth, isNumber: true },
  { key: 'duration', label: message('Duration'), width: timeWidth, isNumber: true },
  { key: 'selfTime', label: message('Self time'), width: timeWidth, isNumber: true },
  { key: 'errors', label: message('Status'), width: 76, isNumber: true },
];

/** Each span of the trace on a line of its own, without the tree. */
export function SpanList(props: SpanListProps) {
  const { model, trace, element, onAhead, openCode, focusDetails } = props;
  const [sort, setSort] = useSort(model);
  const { seen, matches } = useSeenSpans(model, trace, 'matches');
  const { shape } = trace.opened;
  const rows = useMemo(() => sortSpans(shape, seen, sort), [shape, seen, sort]);
  const active = useMemo(() => rows.indexOf(model.selected ?? -1), [rows, model.selected]);
  const rowAt = (index: number) => {
    const row = rows[index];
    return row === undefined ? undefined : spanRow(row);
  };
  return (
    <div class="view-box">
      {seen && (
        <div class="view-bar">
          <SeenNote model={model} trace={trace} seen={seen} />
        </div>
      )}
      <Grid
        id="list"
        label={message('Span list')}
        columns={listColumns()}
        lines={{
          count: rows.length,
          at: (index) => {
            const row = rowAt(index);
            return row === undefined ? undefined : spanLine(trace, row, matches?.[row] === 1);
          },
        }}
        sort={sort}
        onSort={setSort}
        active={active}
        revealed={model.selections}
        onActive={(index) => {
          const row = rowAt(index);
          if (row !== undefined) model.selectLine({ row, group: -1 });
        }}
        onAhead={(index) => {
          const row = rowAt(index);
          if (row !== undefined) onAhead(row);
        }}
        onOpen={() => model.setDetailsOpen(true)}
        onEnter={(index) => {
          const row = rowAt(index);
          if (row !== undefined) openCode(row);
        }}
        onOtherKey={(event) => {
          if (treeCommand(event)?.kind !== 'details') {
            onViewKey(event, model);
            return;
          }
          event.preventDefault();
          model.setDetailsOpen(true);
          focusDetails();
        }}
        empty={nothingShown(model)}
        element={element}
      />
    </div>
  );
}

function spanLine(trace: PageTrace, row: SpanRow, matched: boolean): GridLine {
  const { shape } = trace.opened;
  const time = (column: Float64Array) => formatDuration(microseconds(column[row] ?? 0));
  const failed = isError(shape, row);
  return {
    key: String(row),
    texts: [
      trace.text.operation(row),
      trace.text.service(row),
      time(shape.columns.start),
      time(shape.columns.duration),
      time(shape.columns.selfTime),
      failed ? message('error') : '–',
    ],
    color: colorOf(trace, row),
    classes: [...(failed ? ['error'] : []), ...(matched ? ['match'] : [])],
  };
}
