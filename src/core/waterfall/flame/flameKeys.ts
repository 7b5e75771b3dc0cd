import type { FlameBox, FlameLines } from './flameBoxes.ts';

export type FlameMove = 'in' | 'out' | 'left' | 'right' | 'first' | 'last';

/**
 * Where a key goes from a node: to its widest child or the node above, along the line, or to its ends. Only to nodes
 * that are drawn; undefined where there is none.
 */
export function movedInFlame(lines: FlameLines, from: number, move: FlameMove): number | undefined {
  const line = lines.find((boxes) => boxes.some(({ node }) => node === from));
  if (!line) return lines[0]?.[0]?.node;
  const boxes = line.filter(({ node }) => node >= 0);
  const at = boxes.findIndex(({ node }) => node === from);
  const below = lines[(boxes[at]?.line ?? 0) + 1] ?? [];
  const target: FlameBox | undefined = {
    in: () => below.find(({ node, parent }) => parent === from && node >= 0),
    out: () => lines[(boxes[at]?.line ?? 0) - 1]?.find(({ node }) => node === boxes[at]?.parent),
    left: () => boxes[at - 1],
    right: () => boxes[at + 1],
    first: () => boxes[0],
    last: () => boxes.at(-1),
  }[move]();
  return target?.node;
}
