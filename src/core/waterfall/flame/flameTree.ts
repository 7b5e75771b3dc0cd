import { alikeLabel } from '../../trace/alikeLabel.ts';
import { errorStatus, type TraceShape } from '../../trace/trace.ts';

/** What the width of a part stands for: time in which its spans ran themselves, or their parts of the critical path. */
export const flameWeights = ['selfTime', 'criticalTime'] as const;
export type FlameWeight = (typeof flameWeights)[number];

/**
 * Spans put together by path: of a node are those of one service and operation (whatever ids it calls) whose parents are all of the node
 * above. One entry a node; nodes come after the node above them. Node 0 is the trace itself, above its roots.
 */
export interface FlameTree {
  readonly size: number;
  /** -1 of node 0. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** Index into `services`; of node 0 none. */
  readonly service: Int32Array;
  /** Index into `operations`: one of those alike. */
  readonly operation: Int32Array;
  readonly calls: Uint32Array;
  /** Durations added up, µs. */
  readonly total: Float64Array;
  readonly selfTime: Float64Array;
  readonly criticalTime: Float64Array;
  readonly errors: Uint32Array;
  readonly matches: Uint32Array;
  /** 1 where its spans have several labels, alike but for ids. */
  readonly mixed: Uint8Array;
  /** Row of its longest span, which stands for it; of node 0 none. */
  readonly longest: Int32Array;
  /** Of all spans, seen or not, µs. */
  readonly whole: Readonly<Record<FlameWeight, number>>;
  /** Of each row; a row that isn't seen has that of the nearest one above that is. */
  readonly nodeOf: Uint32Array;
}

/** What is in the tree; undefined: every span, and no match. */
interface Counted {
  readonly seen: Uint8Array | undefined;
  readonly matches: Uint8Array | undefined;
}

/** The tree of a trace's paths. One pass over its rows, which come after their parents; without recursion. O(n). */
export function flameTree(shape: TraceShape, { seen, matches }: Counted): FlameTree {
  const { columns, size } = shape;
  const label = labelOf(shape.operations);
  const width = shape.services.length * shape.operations.length;
  const nodes = new Map<number, number>();
  const nodeOf = new Uint32Array(size);
  const most = size + 1;
  const tree = {
    parent: new Int32Array(most).fill(-1),
    depth: new Int32Array(most),
    service: new Int32Array(most).fill(-1),
    operation: new Int32Array(most).fill(-1),
    calls: new Uint32Array(most),
    total: new Float64Array(most),
    selfTime: new Float64Array(most),
    criticalTime: new Float64Array(most),
    errors: new Uint32Array(most),
    matches: new Uint32Array(most),
    mixed: new Uint8Array(most),
    longest: new Int32Array(most).fill(-1),
  };
  const whole = { selfTime: 0, criticalTime: 0 };
  const labelAt = (row: number) => shape.operations[columns.operation[row] ?? 0];
  let count = 1;
  for (let row = 0; row < size; row++) {
    whole.selfTime += columns.selfTime[row] ?? 0;
    whole.criticalTime += columns.criticalTime[row] ?? 0;
    const above = columns.parent[row] ?? -1;
    const parent = above < 0 ? 0 : (nodeOf[above] ?? 0);
    if (seen && seen[row] !== 1) {
      nodeOf[row] = parent;
      continue;
    }
    const service = columns.service[row] ?? 0;
    const operation = label[columns.operation[row] ?? 0] ?? 0;
    const key = parent * width + service * shape.operations.length + operation;
    const found = nodes.get(key);
    const node = found ?? count++;
    if (found === undefined) {
      nodes.set(key, node);
      tree.parent[node] = parent;
      tree.depth[node] = (tree.depth[parent] ?? 0) + 1;
      tree.service[node] = service;
      tree.operation[node] = operation;
    }
    nodeOf[row] = node;
    const duration = columns.duration[row] ?? 0;
    const longest = tree.longest[node] ?? -1;
    if (longest >= 0 && labelAt(row) !== labelAt(longest)) tree.mixed[node] = 1;
    if (longest < 0 || duration > (columns.duration[longest] ?? 0)) tree.longest[node] = row;
    tree.calls[node] = (tree.calls[node] ?? 0) + 1;
    tree.total[node] = (tree.total[node] ?? 0) + duration;
    tree.selfTime[node] = (tree.selfTime[node] ?? 0) + (columns.selfTime[row] ?? 0);
    tree.criticalTime[node] = (tree.criticalTime[node] ?? 0) + (columns.criticalTime[row] ?? 0);
    if (columns.status[row] === errorStatus) tree.errors[node] = (tree.errors[node] ?? 0) + 1;
    if (matches?.[row] === 1) tree.matches[node] = (tree.matches[node] ?? 0) + 1;
  }
  return { ...tree, size: count, whole, nodeOf };
}

/** The first operation alike each one: the table has an entry for each pair of label and name. */
function labelOf(operations: readonly string[]): Uint32Array {
  const first = new Map<string, number>();
  return Uint32Array.from(operations.map(alikeLabel), (label, index) => {
    const known = first.get(label) ?? index;
    first.set(label, known);
    return known;
  });
}
