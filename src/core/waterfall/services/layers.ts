/** Who leads to whom, by index. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
}

/**
 * The layer of each node, from 0: each arrow leads to a later layer, except those in `reversed`, without which
 * there would be circles. Longest ways first (as in Sugiyama's method); O(nodes + arrows), without recursion.
 */
export function findLayers(
  count: number,
  arrows: readonly Arrow[],
): { readonly layer: Int32Array; readonly reversed: ReadonlySet<Arrow> } {
  const reversed = backArrows(count, arrows);
  const waiting = new Int32Array(count);
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const arrow of arrows) {
    const [from, to] = reversed.has(arrow) ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
    out[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const layer = new Int32Array(count);
  const ready = [...layer.keys()].filter((node) => waiting[node] === 0);
  for (const node of ready)
    for (const next of out[node] ?? []) {
      layer[next] = Math.max(layer[next] ?? 0, (layer[node] ?? 0) + 1);
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  return { layer, reversed };
}

/** The arrows that lead back to where a walk in depth came from; one to itself is none of them and has no layer to go to. */
function backArrows(count: number, arrows: readonly Arrow[]): ReadonlySet<Arrow> {
  const out: Arrow[][] = Array.from({ length: count }, () => []);
  for (const arrow of arrows) out[arrow.from]?.push(arrow);
  const back = new Set<Arrow>();
  /** 1: on the way, 2: done. */
  const state = new Uint8Array(count);
  for (let origin = 0; origin < count; origin++) {
    if (state[origin] !== 0) continue;
    const path = [{ node: origin, next: 0 }];
    state[origin] = 1;
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const arrow = out[at.node]?.[at.next++];
      if (!arrow) {
        state[at.node] = 2;
        path.pop();
      } else if (state[arrow.to] === 1) back.add(arrow);
      else if (state[arrow.to] === 0) {
        state[arrow.to] = 1;
        path.push({ node: arrow.to, next: 0 });
      }
    }
  }
  return back;
}
