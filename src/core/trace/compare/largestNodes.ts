import type { PathTree } from './pathTree.ts';

/**
 * At most `most` nodes, those with the largest differences at or below them, each with all above it; in their order.
 * O(n log n).
 */
export function largestNodes(tree: PathTree, most: number): readonly number[] {
  const nodes = Array.from({ length: tree.size }, (_, node) => node);
  if (nodes.length <= most) return nodes;
  const weight = weights(tree);
  // No node weighs more than the one above it, which comes before it: what is kept has all above it.
  return nodes
    .sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

/** Of each node the largest difference at or below it: in time, µs, or in calls or failures where that is more. */
function weights({ parent, figures, size }: PathTree): Float64Array {
  const [before, after] = figures;
  const weight = new Float64Array(size);
  for (let node = size - 1; node >= 0; node--) {
    const difference = (of: 'critical' | 'total' | 'self' | 'calls' | 'errors') =>
      Math.abs((after[of][node] ?? 0) - (before[of][node] ?? 0));
    const own = Math.max(
      difference('critical'),
      difference('total'),
      difference('self'),
      difference('calls'),
      difference('errors'),
    );
    weight[node] = Math.max(weight[node] ?? 0, own);
    const above = parent[node] ?? -1;
    if (above >= 0) weight[above] = Math.max(weight[above] ?? 0, weight[node] ?? 0);
  }
  return weight;
}
