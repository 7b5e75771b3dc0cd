import { spanRow, type SpanRow } from '../../base/units.ts';
import { filterTerm } from '../../trace/filter/filterTerm.ts';
import { spanGroups, type GroupedTrace, type Grouping } from './groupings.ts';
import type { StatisticsGroup } from './statisticsTable.ts';

/** A group, or a part of one. */
export interface GroupPath {
  readonly entry: Pick<StatisticsGroup, 'by' | 'name'>;
  readonly within: Pick<StatisticsGroup, 'by' | 'name'> | undefined;
}

const fieldOf: Readonly<Partial<Record<Grouping, string>>> = {
  service: 'service',
  operation: 'name',
  line: 'file',
};

/** The filter that finds the spans of a group, and maybe others of that name; undefined where none can: of a handler. */
export function groupFilter({ entry, within }: GroupPath): string | undefined {
  const terms = (within ? [within, entry] : [entry]).map(({ by, name }) => {
    if (by === 'line' && name === undefined) return filterTerm('mapped', 'no');
    const field = fieldOf[by];
    return field === undefined || name === undefined ? undefined : filterTerm(field, name);
  });
  return terms.includes(undefined) ? undefined : terms.join(' ');
}

/** The rows of a group that are seen; `seen` undefined: all of them. O(n). */
export function rowsOfGroup(
  trace: GroupedTrace,
  { entry, within }: GroupPath,
  seen: Uint8Array | undefined,
): readonly SpanRow[] {
  const tests = (within ? [within, entry] : [entry]).map(({ by, name }) => {
    const { names, column } = spanGroups(trace, by);
    const index = names.indexOf(name);
    return (row: number) => column[row] === index;
  });
  const rows: SpanRow[] = [];
  for (let row = 0; row < trace.shape.size; row++)
    if (seen?.[row] !== 0 && tests.every((isOf) => isOf(row))) rows.push(spanRow(row));
  return rows;
}
