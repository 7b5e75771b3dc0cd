import type { TraceShape } from '../trace/trace.ts';

/** Of each span: its place among its siblings (from 1) and how many they are. Roots are siblings. */
export interface SiblingPlaces {
  readonly position: Uint32Array;
  readonly setSize: Uint32Array;
}

/** For `aria-posinset` and `aria-setsize`. O(n). */
export function siblingPlaces(shape: TraceShape): SiblingPlaces {
  const { parent } = shape.columns;
  const children = new Uint32Array(shape.size + 1);
  const position = new Uint32Array(shape.size);
  for (let row = 0; row < shape.size; row++) {
    const slot = (parent[row] ?? -1) + 1;
    const count = (children[slot] ?? 0) + 1;
    children[slot] = count;
    position[row] = count;
  }
  const setSize = position.map((_, row) => children[(parent[row] ?? -1) + 1] ?? 1);
  return { position, setSize };
}
