import { spanRow, type SpanRow } from '../../base/units.ts';
import type { TraceShape } from '../../trace/trace.ts';
import type { CallGraph } from './callGraph.ts';

/** The spans of a node. O(n). */
export const rowsOfNode = (
  { nodeOf }: CallGraph,
  seen: Uint8Array | undefined,
  node: number,
): readonly SpanRow[] =>
  [...nodeOf.keys()]
    .filter((row) => nodeOf[row] === node && (!seen || seen[row] === 1))
    .map(spanRow);

/** The spans that are calls from one node to another. O(n). */
export function rowsOfCall(
  { columns }: Pick<TraceShape, 'columns'>,
  graph: CallGraph,
  seen: Uint8Array | undefined,
  call: { readonly node: number; readonly to: number },
): readonly SpanRow[] {
  return rowsOfNode(graph, seen, call.to).filter(
    (row) => graph.nodeOf[columns.parent[row] ?? -1] === call.node,
  );
}
