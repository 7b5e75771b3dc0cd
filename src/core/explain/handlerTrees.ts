import type { MappedTrace } from '../matching/mappedTrace.ts';
import { handlerOf } from '../matching/match.ts';
import { CostTreeBuilder, type CostTree } from './costTree.ts';
import { mostNested } from './mostNested.ts';

/** The sampled requests of each handler, by its id. */
export function handlerTrees(traces: readonly MappedTrace[]): ReadonlyMap<string, CostTree> {
  const trees = new Map<string, CostTreeBuilder>();
  for (const mapped of traces) {
    for (const { row, handlerId } of handledRows(mapped)) {
      const tree = trees.get(handlerId) ?? new CostTreeBuilder();
      trees.set(handlerId, tree);
      tree.add(mapped, row);
    }
  }
  return trees;
}

/** The topmost rows of each handler, within another's requests too, as far as `mostNested` goes. Guesses (weak) are left out. */
function handledRows({
  trace,
  matches,
}: MappedTrace): readonly { readonly row: number; readonly handlerId: string }[] {
  const { parent } = trace.columns;
  const open: (string | undefined)[] = [];
  const around = new Uint32Array(trace.size);
  const found: { row: number; handlerId: string }[] = [];
  for (const [row, span] of trace.spans.entries()) {
    const handlerId = handlerOf(matches[row]);
    const above = open[parent[row] ?? -1];
    const nested = around[parent[row] ?? -1] ?? 0;
    open.push(handlerId ?? above);
    around[row] = nested;
    if (handlerId === undefined || handlerId === above || span.unended === true) continue;
    around[row] = nested + 1;
    if (nested < mostNested) found.push({ row, handlerId });
  }
  return found;
}
