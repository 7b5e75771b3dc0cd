import type { FlameTree, FlameWeight } from './flameTree.ts';

/** Where each node of a tree lies, in units of its weight; children stand from their parent's left, widest first. */
export interface FlameLayout {
  readonly tree: FlameTree;
  readonly weight: FlameWeight;
  /** The node's own weight and that of all below it. */
  readonly width: Float64Array;
  readonly left: Float64Array;
  /** Children of node `n`: `children` from `firstChild[n]` to `firstChild[n + 1]`. */
  readonly children: Uint32Array;
  readonly firstChild: Uint32Array;
}

/** Lays a tree out. O(n log n), without recursion: nodes come after the ones above them. */
export function layOutFlame(tree: FlameTree, weight: FlameWeight): FlameLayout {
  const { size, parent } = tree;
  const width = tree[weight].slice(0, size);
  const firstChild = new Uint32Array(size + 1);
  for (let node = size - 1; node > 0; node--) {
    const above = parent[node] ?? 0;
    width[above] = (width[above] ?? 0) + (width[node] ?? 0);
    firstChild[above + 1] = (firstChild[above + 1] ?? 0) + 1;
  }
  for (let node = 0; node < size; node++)
    firstChild[node + 1] = (firstChild[node + 1] ?? 0) + (firstChild[node] ?? 0);
  const children = new Uint32Array(Math.max(0, size - 1));
  const filled = firstChild.slice();
  for (let node = 1; node < size; node++) {
    const above = parent[node] ?? 0;
    const place = filled[above] ?? 0;
    filled[above] = place + 1;
    children[place] = node;
  }
  const left = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    const own = children.subarray(firstChild[node], firstChild[node + 1]);
    own.sort((a, b) => (width[b] ?? 0) - (width[a] ?? 0) || a - b);
    let at = left[node] ?? 0;
    for (const child of own) {
      left[child] = at;
      at += width[child] ?? 0;
    }
  }
  return { tree, weight, width, left, children, firstChild };
}

/** The children of a node, widest first. */
export const childrenOf = ({ children, firstChild }: FlameLayout, node: number): Uint32Array =>
  children.subarray(firstChild[node], firstChild[node + 1]);

/** The nodes from the topmost (node 0) to this one. As long as the path is deep. */
export function pathOf({ parent }: FlameTree, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parent[at] ?? -1) path.push(at);
  return path.reverse();
}
