import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { message } from '../../../../src/core/base/message.ts';
import { groupFilter, rowsOfGroup } from '../../../../src/core/waterfall/statistics/groupFilter.ts';
import { groupings, type Grouping } from '../../../../src/core/waterfall/statistics/groupings.ts';
import {
  groupKey,
  lineKey,
  statisticsKeys,
  statisticsLines,
  type StatisticsSort,
} from '../../../../src/core/waterfall/statistics/sortGroups.ts';
import { settingOf, sortOf, sortText } from '../../../../src/core/waterfall/viewSettings.ts';
import type { TableLine } from '../../../../src/core/waterfall/tableLines.ts';
import {
  statisticsTable,
  type StatisticsGroup,
} from '../../../../src/core/waterfall/statistics/statisticsTable.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { Grid } from '../grid/grid.tsx';
import { Choice } from '../choice.tsx';
import { keptSettings } from '../keptState.ts';
import { showSpans } from '../showSpans.ts';
import { useSeenSpans } from '../useSeenSpans.ts';
import { onViewKey } from '../viewKeys.ts';
import { nothingShown } from '../nothingShown.ts';
import { SeenNote } from '../seenNote.tsx';
import { groupingLabel, groupName, statisticsColumns, statisticsLine } from './statisticsTexts.ts';

export interface StatisticsProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly element: RefObject<HTMLDivElement | null>;
}

interface Settings {
  readonly by: Grouping;
  readonly thenBy: Grouping | 'nothing';
  readonly sort: StatisticsSort;
  /** Keys of opened groups. */
  readonly open: ReadonlySet<string>;
  /** Key of the line that has the keyboard. */
  readonly active: string | undefined;
}

const useSettings = keptSettings<Settings>(
  {
    by: 'service',
    thenBy: 'operation',
    sort: { key: 'selfTime', ascending: false },
    open: new Set(),
    active: undefined,
  },
  {
    write: ({ by, thenBy, sort }) => ({
      'statistics.by': by,
      'statistics.thenBy': thenBy,
      'statistics.sort': sortText(sort),
    }),
    read: (settings) => ({
      by: settingOf(settings, 'statistics.by', groupings),
      thenBy: settingOf(settings, 'statistics.thenBy', ['nothing', ...groupings]),
      sort: sortOf(settings, 'statistics.sort', statisticsKeys),
    }),
  },
);

/** Where the time of the trace is, by what its spans share. A group's line leads to its spans in the waterfall. */
export function Statistics({ model, trace, element }: StatisticsProps) {
  const [settings, change] = useSettings(model);
  const { by, thenBy, sort, open } = settings;
  const { seen, matches } = useSeenSpans(model, trace, 'matches');
  const grouped = useMemo(
    () => ({
      shape: trace.opened.shape,
      places: trace.opened.places,
      handlers: trace.opened.handlers,
    }),
    [trace],
  );
  const groups = useMemo(() => {
    const parts = thenBy === 'nothing' ? undefined : thenBy;
    return statisticsTable(grouped, { by, thenBy: parts }, { seen, matches });
  }, [grouped, by, thenBy, seen, matches]);
  const lines = useMemo(
    () => statisticsLines(groups, sort, (group) => open.has(groupKey(group))),
    [groups, sort, open],
  );
  const active = useRef(-1);
  active.current = lines.findIndex((line) => lineKey(line) === settings.active);
  const show = (line: TableLine<StatisticsGroup> | undefined) => {
    if (!line) return;
    const rows = rowsOfGroup(grouped, line, seen);
    showSpans(model, trace, { rows, term: groupFilter(line), label: groupName(line.entry) });
  };
  return (
    <div class="view-box">
      <div class="view-bar">
        <Choice
          label={message('Group by')}
          value={by}
          choices={groupings}
          labelOf={groupingLabel}
          onChange={(value) => change({ by: value, open: new Set() })}
        />
        <Choice
          label={message('then by')}
          value={thenBy === by ? 'nothing' : thenBy}
          choices={['nothing', ...groupings.filter((other) => other !== by)]}
          labelOf={(value) => (value === 'nothing' ? message('Nothing') : groupingLabel(value))}
          onChange={(value) => change({ thenBy: value })}
        />
        <SeenNote model={model} trace={trace} seen={seen} />
      </div>
      <Grid
        id="statistics"
        label={message('Statistics')}
        columns={statisticsColumns(by)}
        lines={{
          count: lines.length,
          at: (index) => {
            const line = lines[index];
            return line && statisticsLine(trace, line);
          },
        }}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        active={active.current}
        onActive={(index) => {
          const line = lines[index];
          if (line) change({ active: lineKey(line) });
        }}
        onOpen={(index) => show(lines[index])}
        onToggle={(index, isOpen) => {
          const line = lines[index];
          if (!line) return;
          const next = new Set(open);
          if (isOpen) next.add(groupKey(line.entry));
          else next.delete(groupKey(line.entry));
          change({ open: next });
        }}
        onOtherKey={(event) => onViewKey(event, model)}
        empty={nothingShown(model)}
        element={element}
      />
    </div>
  );
}
