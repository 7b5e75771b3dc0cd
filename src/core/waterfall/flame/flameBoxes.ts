import { childrenOf, pathOf, type FlameLayout } from './flameLayout.ts';

/** A part of a flame graph as it is drawn. */
export interface FlameBox {
  /** -1: siblings that are too narrow one by one. */
  readonly node: number;
  /** The node above, and for `node` -1 how many of its children this is. */
  readonly parent: number;
  readonly rest: number;
  /** Lines from the top. */
  readonly line: number;
  /** px. */
  readonly left: number;
  readonly width: number;
  /** Share of the width that is the node's own, at its right. */
  readonly self: number;
}

/** The boxes of a flame graph, line by line. */
export type FlameLines = readonly (readonly FlameBox[])[];

/** A part narrower than this isn't drawn, px. */
const narrowest = 1;

/**
 * What is drawn of a layout: the nodes above the one that is zoomed to, each as wide as the graph, then that node and
 * all below it that are a pixel wide at least. What is narrower stands together as one box. Node 0 has no box. Lines
 * are in order from the left. O(boxes), however many nodes there are.
 * @param width of the graph, px
 */
export function flameBoxes(layout: FlameLayout, zoomed: number, width: number): FlameLines {
  const [, ...path] = pathOf(layout.tree, zoomed);
  const wide = (node: number, line: number): FlameBox => ({
    node,
    parent: layout.tree.parent[node] ?? -1,
    rest: 0,
    line,
    left: 0,
    width,
    self: ownShare(layout, node),
  });
  const lines = path.map((node, line) => [wide(node, line)]);
  const whole = layout.width[zoomed] ?? 0;
  const scale = whole > 0 ? width / whole : 0;
  let above: readonly FlameBox[] = lines.at(-1) ?? [wide(zoomed, -1)];
  while (above.length > 0) {
    const boxes: FlameBox[] = [];
    for (const box of above) if (box.node >= 0) addChildren(layout, box, scale, boxes);
    if (boxes.length > 0) lines.push(boxes);
    above = boxes;
  }
  return lines;
}
function addChildren(
  layout: FlameLayout,
  parent: FlameBox,
  scale: number,
  boxes: FlameBox[],
): void {
  const children = childrenOf(layout, parent.node);
  const line = parent.line + 1;
  let { left } = parent;
  let drawn = 0;
  for (const node of children) {
    const width = (layout.width[node] ?? 0) * scale;
    if (width < narrowest) break;
    boxes.push({
      node,
      parent: parent.node,
      rest: 0,
      line,
      left,
      width,
      self: ownShare(layout, node),
    });
    left += width;
    drawn++;
  }
  if (drawn === children.length) return;
  const own = parent.width * parent.self;
  const width = parent.left + parent.width - own - left;
  if (width < narrowest) return;
  const rest = children.length - drawn;
  boxes.push({ node: -1, parent: parent.node, rest, line, left, width, self: 0 });
}

/** Share of a node's width that is none of its children's. */
function ownShare({ tree, weight, width }: FlameLayout, node: number): number {
  const whole = width[node] ?? 0;
  return whole > 0 ? (tree[weight][node] ?? 0) / whole : 1;
}
