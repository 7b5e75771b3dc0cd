import { pairedGroups, spanGroups, type GroupedTrace, type Grouping } from './groupings.ts';
import { measureGroups, type CountedRows, type SpanStatistics } from './measureGroups.ts';

/** Spans that share a text, as a row of the table. */
export interface StatisticsGroup {
  readonly by: Grouping;
  /** `undefined`: those without a line, or without a handler. */
  readonly name: string | undefined;
  readonly numbers: SpanStatistics;
  /** The same spans by another of their texts; empty in groups of the second level. */
  readonly parts: readonly StatisticsGroup[];
}

/** What the table is made by. */
export interface StatisticsSettings {
  readonly by: Grouping;
  /** Of each group's rows; undefined: groups have no parts. */
  readonly thenBy: Grouping | undefined;
}

/** The groups of a trace and their parts, in order of their first span; those that nothing counts in are left out. O(n log n). */
export function statisticsTable(
  trace: GroupedTrace,
  { by, thenBy }: StatisticsSettings,
  counted: CountedRows,
): readonly StatisticsGroup[] {
  const groups = spanGroups(trace, by);
  const measured = measureGroups(trace.shape.columns, groups.column, groups.names.length, counted);
  const parts = thenBy === undefined || thenBy === by ? [] : partsOf(trace, by, thenBy, counted);
  return measured.flatMap((numbers, group) =>
    numbers ? [{ by, name: groups.names[group], numbers, parts: parts[group] ?? [] }] : [],
  );
}

/** The parts of each group, by its index. */
function partsOf(
  trace: GroupedTrace,
  by: Grouping,
  thenBy: Grouping,
  counted: CountedRows,
): readonly StatisticsGroup[][] {
  const outer = spanGroups(trace, by);
  const inner = spanGroups(trace, thenBy);
  const { pairs, column } = pairedGroups(outer, inner);
  const parts: StatisticsGroup[][] = outer.names.map(() => []);
  const measured = measureGroups(trace.shape.columns, column, pairs.length, counted);
  measured.forEach((numbers, index) => {
    const [group, part] = pairs[index] ?? [0, 0];
    if (numbers) parts[group]?.push({ by: thenBy, name: inner.names[part], numbers, parts: [] });
  });
  return parts;
}
