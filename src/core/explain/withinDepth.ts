import type { CostNode } from './explanation.ts';

/** Copying a tree to another thread takes the stack: it ends at some thousands nested. */
const deepestSent = 500;

/**
 * The tree down to so many nested places; of the deepest, `omitted` is how many are left out below. The same tree where none
 * are. Without recursion: O(places).
 */
export function withinDepth(root: CostNode, deepest = deepestSent): CostNode {
  const all = [{ node: root, depth: 0 }];
  for (const { node, depth } of all)
    for (const below of node.below) all.push({ node: below, depth: depth + 1 });
  if ((all.at(-1)?.depth ?? 0) <= deepest) return root;
  const sizes = new Map<CostNode, number>();
  const kept = new Map<CostNode, CostNode>();
  for (const { node, depth } of all.reverse()) {
    const omitted = node.below.reduce(
      (sum, below) => sum + (sizes.get(below) ?? 0),
      node.omitted ?? 0,
    );
    sizes.set(node, omitted + 1);
    if (depth < deepest)
      kept.set(node, { ...node, below: node.below.flatMap((below) => kept.get(below) ?? []) });
    else if (depth === deepest)
      kept.set(node, omitted > 0 ? { ...node, below: [], omitted } : node);
  }
  return kept.get(root) ?? root;
}
