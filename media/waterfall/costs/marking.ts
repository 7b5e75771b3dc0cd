import { rowKey } from '../../../src/core/waterfall/spanIds.ts';
import type { CostSelector, ShownCosts } from '../../../src/protocol/traceCosts.ts';
import type { PageTrace } from '../openTrace.ts';

/** What is marked, and how something else is. */
export interface Marking {
  readonly marked: CostSelector | undefined;
  readonly mark: (of: CostSelector) => void;
}

export const isSame = (one: CostSelector | undefined, other: CostSelector): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);

/** What was marked, whatever rows it has in the trace by now: a line by the key of its first span. */
export type MarkedCost =
  { readonly span: string } | Exclude<CostSelector, { readonly row: unknown }>;

export const markedCost = (of: CostSelector, { opened }: PageTrace): MarkedCost =>
  'row' in of ? { span: rowKey(opened.spanIds, of.row) } : of;

/** As the costs of a trace name it; undefined: it has no such line. */
export function markedIn(
  marked: MarkedCost,
  costs: ShownCosts,
  { opened }: PageTrace,
): CostSelector | undefined {
  if (!('span' in marked)) return marked;
  const line = costs.lines.find(({ row }) => rowKey(opened.spanIds, row) === marked.span);
  return line && { row: line.row };
}
