import { haveSameItems } from '../base/sameItems.ts';
import type { TraceShape } from '../trace/trace.ts';
import type { SpanGroups } from './groups.ts';

interface Rows {
  readonly spanIds: BigUint64Array;
  readonly shape: TraceShape;
  readonly groups: SpanGroups;
}

/** Whether each row is the same span at the same time, in the same group: folds, ranges and matches of one hold for the other. */
export function hasSameRows(one: Rows, other: Rows): boolean {
  const [columns, others] = [one.shape.columns, other.shape.columns];
  return (
    one.shape.start === other.shape.start &&
    haveSameItems(one.spanIds, other.spanIds) &&
    haveSameItems(columns.start, others.start) &&
    haveSameItems(columns.duration, others.duration) &&
    haveSameItems(columns.parent, others.parent) &&
    haveSameItems(one.groups.of, other.groups.of)
  );
}
