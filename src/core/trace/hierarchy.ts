import type { RawSpan } from './rawSpan.ts';
import { SharedId } from './sharedId.ts';

/** Who is whose child, by position in the ordered spans. */
export interface Parents {
  /** Position of the parent, -1 at a root. */
  readonly parent: Int32Array;
  /** Positions of spans that name a parent which isn't there. */
  readonly missing: readonly number[];
  /** Positions of spans that were their own ancestor and were made roots. */
  readonly cycles: readonly number[];
  /** Positions of spans whose id an earlier one of their service and side has. */
  readonly doubled: readonly number[];
}

/** Depth-first rows. */
export interface Hierarchy {
  /** Position in the ordered spans, by row. */
  readonly position: Int32Array;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly subtreeSize: Int32Array;
}

/**
 * Of several spans with one id the answering ones are below the one that sent, whatever parent they name, and
 * children below the one of their own service: see `SharedId`.
 * @param spans in sibling order; what is repaired depends on that order alone.
 */
export function findParents(spans: readonly RawSpan[]): Parents {
  const { byId, shared } = groupById(spans);
  const parent = new Int32Array(spans.length).fill(-1);
  const missing: number[] = [];
  let position = 0;
  for (const { spanId, parentSpanId } of spans) {
    const sender = shared.get(spanId)?.senderOf(position);
    if (sender !== undefined) parent[position] = sender;
    else if (parentSpanId !== undefined) {
      const found = shared.get(parentSpanId)?.parentOf(position) ?? byId.get(parentSpanId);
      if (found === undefined) missing.push(position);
      else parent[position] = found;
    }
    position++;
  }
  const doubled = [...shared.values()].flatMap((one) => one.doubled);
  return { parent, missing, cycles: breakCycles(parent), doubled };
}

/** The first position of each id; all of them where there are several. */
function groupById(spans: readonly RawSpan[]) {
  const byId = new Map<string, number>();
  const several = new Map<string, number[]>();
  let position = 0;
  for (const { spanId } of spans) {
    const first = byId.get(spanId);
    if (first === undefined) byId.set(spanId, position);
    else {
      const positions = several.get(spanId) ?? [first];
      several.set(spanId, positions);
      positions.push(position);
    }
    position++;
  }
  const shared = new Map<string, SharedId>();
  for (const [id, positions] of several) shared.set(id, new SharedId(spans, positions));
  return { byId, shared };
}

/** Makes the earliest span of each cycle a root; answers those. */
function breakCycles(parent: Int32Array): number[] {
  const walk = new Int32Array(parent.length).fill(-1);
  const broken: number[] = [];
  for (let origin = 0; origin < parent.length; origin++) {
    let at = origin;
    while (at !== -1 && walk[at] === -1) {
      walk[at] = origin;
      at = parent[at] ?? -1;
    }
    if (at === -1 || walk[at] !== origin) continue;
    let earliest = at;
    for (let other = parent[at] ?? at; other !== at; other = parent[other] ?? at) {
      earliest = Math.min(earliest, other);
    }
    parent[earliest] = -1;
    broken.push(earliest);
  }
  return broken;
}

/** Depth-first rows of the forest that `parentPosition` describes, siblings and roots in position order. */
export function layOutRows(parentPosition: Int32Array): Hierarchy {
  const size = parentPosition.length;
  const { firstChild, nextSibling, firstRoot } = linkSiblings(parentPosition);
  const position = new Int32Array(size);
  const parent = new Int32Array(size);
  const depth = new Int32Array(size);
  const rowOf = new Int32Array(size);
  let at = firstRoot;
  for (let row = 0; row < size; row++) {
    const above = parentPosition[at] ?? -1;
    const parentRow = above === -1 ? -1 : (rowOf[above] ?? -1);
    position[row] = at;
    rowOf[at] = row;
    parent[row] = parentRow;
    depth[row] = parentRow === -1 ? 0 : (depth[parentRow] ?? 0) + 1;
    at = following(at, firstChild, nextSibling, parentPosition);
  }
  return { position, parent, depth, subtreeSize: sizeSubtrees(parent) };
}

/** Next in depth-first order: the first child, else the next sibling of the nearest ancestor that has one. */
function following(
  from: number,
  firstChild: Int32Array,
  nextSibling: Int32Array,
  parent: Int32Array,
): number {
  const child = firstChild[from] ?? -1;
  if (child !== -1) return child;
  let at = from;
  while (at !== -1) {
    const sibling = nextSibling[at] ?? -1;
    if (sibling !== -1) return sibling;
    at = parent[at] ?? -1;
  }
  return -1;
}

function linkSiblings(parent: Int32Array) {
  const firstChild = new Int32Array(parent.length).fill(-1);
  const nextSibling = new Int32Array(parent.length).fill(-1);
  let firstRoot = -1;
  for (let position = parent.length - 1; position >= 0; position--) {
    const above = parent[position] ?? -1;
    nextSibling[position] = above === -1 ? firstRoot : (firstChild[above] ?? -1);
    if (above === -1) firstRoot = position;
    else firstChild[above] = position;
  }
  return { firstChild, nextSibling, firstRoot };
}

function sizeSubtrees(parent: Int32Array): Int32Array {
  const sizes = new Int32Array(parent.length).fill(1);
  for (let row = parent.length - 1; row >= 0; row--) {
    const above = parent[row] ?? -1;
    if (above !== -1) sizes[above] = (sizes[above] ?? 0) + (sizes[row] ?? 0);
  }
  return sizes;
}
