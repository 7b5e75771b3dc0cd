import type { MappedTrace } from '../matching/mappedTrace.ts';
import { operationKeyOf } from '../matching/operations/operationKey.ts';
import type { OperationSelector } from '../matching/operations/operationKinds.ts';
import { selectsOperation } from '../matching/operations/selectsOperation.ts';

/** Rows in which requests of these operations came in: the topmost of each, those that ended. */
export function requestRows(
  { trace }: Pick<MappedTrace, 'trace'>,
  operations: readonly OperationSelector[],
): readonly number[] {
  const { parent } = trace.columns;
  const inside = new Uint8Array(trace.size);
  const rows: number[] = [];
  for (const [row, span] of trace.spans.entries()) {
    inside[row] = inside[parent[row] ?? -1] ?? 0;
    if (inside[row] === 1) continue;
    const key = operationKeyOf(span);
    if (key === undefined || !operations.some((one) => selectsOperation(one, key))) continue;
    inside[row] = 1;
    if (span.unended !== true) rows.push(row);
  }
  return rows;
}
