import { tableLines, type TableLine } from '../tableLines.ts';
import type { SpanStatistics } from './measureGroups.ts';
import type { StatisticsGroup } from './statisticsTable.ts';

/** What the table can be sorted by, as its columns stand. */
export const statisticsKeys = [
  'name',
  'count',
  'total',
  'average',
  'p50',
  'p95',
  'max',
  'selfTime',
  'criticalTime',
  'errors',
] as const satisfies readonly ('name' | keyof SpanStatistics)[];
export type StatisticsKey = (typeof statisticsKeys)[number];

export interface StatisticsSort {
  readonly key: StatisticsKey;
  readonly ascending: boolean;
}

/** The groups in order, each open one with its parts in the same order below it. Equal ones are in order of their names. */
export const statisticsLines = (
  groups: readonly StatisticsGroup[],
  sort: StatisticsSort,
  isOpen: (group: StatisticsGroup) => boolean,
): readonly TableLine<StatisticsGroup>[] => tableLines(groups, comparing(sort), isOpen);

/** Tells a group from the others; what has no name from one that is called nothing, too. */
export const groupKey = ({ name }: Pick<StatisticsGroup, 'name'>): string =>
  JSON.stringify(name ?? null);

/** Tells a line from all others of the table: a part may be called as a group is. */
export const lineKey = ({ entry, within }: TableLine<StatisticsGroup>): string =>
  [...(within ? [within] : []), entry].map(groupKey).join(' ');

/** What has no name comes after what has one. */
function comparing({ key, ascending }: StatisticsSort) {
  const sign = ascending ? 1 : -1;
  const byName = (a: StatisticsGroup, b: StatisticsGroup) => {
    if (a.name === undefined || b.name === undefined)
      return Number(a.name === undefined) - Number(b.name === undefined);
    return a.name < b.name ? -1 : Number(a.name > b.name);
  };
  if (key === 'name') return (a: StatisticsGroup, b: StatisticsGroup) => sign * byName(a, b);
  return (a: StatisticsGroup, b: StatisticsGroup) =>
    sign * (a.numbers[key] - b.numbers[key]) || byName(a, b);
}
