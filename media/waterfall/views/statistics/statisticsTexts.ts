import { formatCount, formatDuration, formatPercent } from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { microseconds } from '../../../../src/core/base/units.ts';
import { criticalPathLength } from '../../../../src/core/trace/mainRoot.ts';
import type { Grouping } from '../../../../src/core/waterfall/statistics/groupings.ts';
import {
  lineKey,
  type StatisticsKey,
} from '../../../../src/core/waterfall/statistics/sortGroups.ts';
import type { StatisticsGroup } from '../../../../src/core/waterfall/statistics/statisticsTable.ts';
import type { TableLine } from '../../../../src/core/waterfall/tableLines.ts';
import type { PageTrace } from '../../openTrace.ts';
import { operationName, serviceName } from '../../traceText.ts';
import { timeWidth, type GridColumn, type GridLine } from '../grid/gridLine.ts';

export const groupingLabel = (by: Grouping): string =>
  ({
    service: () => message('Service'),
    operation: () => message('Operation'),
    handler: () => message('Handler'),
    line: () => message('Line'),
  })[by]();

export const statisticsColumns = (by: Grouping): readonly GridColumn<StatisticsKey>[] => [
  { key: 'name', label: groupingLabel(by), width: 168, isNumber: false },
  number('count', message('Spans'), 72),
  number(
    'total',
    message('Total'),
    timeWidth,
    message('Durations added up; a span and its children all count'),
  ),
  number('average', message('Average'), timeWidth),
  number('p50', 'p50', timeWidth, message('Half of the spans take no longer')),
  number('p95', 'p95', timeWidth, message('95% of the spans take no longer')),
  number('max', message('Max'), timeWidth),
  number('selfTime', message('Self time'), timeWidth, message('Time without children, added up')),
  number('criticalTime', message('Critical path'), 116, message('Share of the critical path')),
  number('errors', message('Errors'), 76),
];

const number = (
  key: StatisticsKey,
  label: string,
  width: number,
  hint = label,
): GridColumn<StatisticsKey> => ({ key, label, width, hint, isNumber: true });

/** What a group is called; what has no line or handler is said. */
export function groupName({ by, name }: Pick<StatisticsGroup, 'by' | 'name'>): string {
  if (name === undefined)
    return by === 'line' ? message('(no code location)') : message('(no handler)');
  if (by === 'service') return serviceName(name);
  return operationName(name);
}

/** A line of the table as the grid draws it. */
export function statisticsLine(trace: PageTrace, line: TableLine<StatisticsGroup>): GridLine {
  const { entry: group, within, isOpen, position, setSize } = line;
  const { numbers } = group;
  const time = (value: number) => formatDuration(microseconds(value));
  const share = numbers.criticalTime / (criticalPathLength(trace.opened.shape.columns) || 1);
  return {
    key: lineKey(line),
    texts: [
      groupName(group),
      formatCount(numbers.count),
      time(numbers.total),
      time(numbers.average),
      time(numbers.p50),
      time(numbers.p95),
      time(numbers.max),
      time(numbers.selfTime),
      numbers.criticalTime > 0 ? formatPercent(share) : '–',
      numbers.errors > 0 ? formatCount(numbers.errors) : '–',
    ],
    share: { column: criticalColumn, of: share },
    color: colorOf(trace, group),
    classes: [...(numbers.errors > 0 ? ['error'] : []), ...(numbers.matches > 0 ? ['match'] : [])],
    isOpen: group.parts.length > 0 ? isOpen : undefined,
    level: within ? 2 : 1,
    position,
    setSize,
  };
}

const criticalColumn = 8;

const colorOf = (trace: PageTrace, { by, name }: StatisticsGroup): number | undefined =>
  by === 'service' ? trace.colors[trace.opened.shape.services.indexOf(name ?? '')] : undefined;
