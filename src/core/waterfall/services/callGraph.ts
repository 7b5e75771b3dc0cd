import { errorStatus, type TraceShape } from '../../trace/trace.ts';

/** What is one node: a service, or an operation of one that others call (or that begins the trace) with all it runs. */
export const graphNodes = ['service', 'operation'] as const;
export type GraphNodes = (typeof graphNodes)[number];

/** A service, or one of its operations, with all spans that it ran. Times in µs. */
export interface GraphNode {
  /** Names it, whichever spans are seen. */
  readonly key: string;
  /** Index into `services`. */
  readonly service: number;
  /** Index into `operations`; -1 of a whole service. */
  readonly operation: number;
  /** How often it was called from elsewhere, or began the trace. */
  readonly calls: number;
  /** Durations of those added up. */
  readonly time: number;
  readonly spans: number;
  readonly errors: number;
  readonly selfTime: number;
  readonly criticalTime: number;
}

/** Calls from one node to another. */
interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly calls: number;
  /** Durations added up of what was called, µs. */
  readonly time: number;
  /** Calls that failed. */
  readonly errors: number;
}

export interface CallGraph {
  /** In order of their first span. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The node of each row; -1: not seen, and nothing above it is. */
  readonly nodeOf: Int32Array;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Who calls whom in a trace. A span that isn't seen is passed through: what it calls, the one above it calls. O(n). */
export function callGraph(
  shape: TraceShape,
  by: GraphNodes,
  seen: Uint8Array | undefined,
): CallGraph {
  const { columns, size, services, operations } = shape;
  const nodes: Writable<GraphNode>[] = [];
  const edges: Writable<GraphEdge>[] = [];
  const nodeIndex = new Map<string, number>();
  const edgeIndex = new Map<string, number>();
  const nodeOf = new Int32Array(size).fill(-1);
  for (let row = 0; row < size; row++) {
    const from = nodeOf[columns.parent[row] ?? -1] ?? -1;
    if (seen && seen[row] !== 1) {
      nodeOf[row] = from;
      continue;
    }
    const service = columns.service[row] ?? 0;
    const failed = columns.status[row] === errorStatus ? 1 : 0;
    const isCalled = from < 0 || nodes[from]?.service !== service;
    const operation = columns.operation[row] ?? 0;
    const at = isCalled ? nodeAt(service, by === 'service' ? -1 : operation) : from;
    const node = nodes[at];
    nodeOf[row] = at;
    if (!node) continue;
    node.spans += 1;
    node.errors += failed;
    node.selfTime += columns.selfTime[row] ?? 0;
    node.criticalTime += columns.criticalTime[row] ?? 0;
    if (!isCalled) continue;
    node.calls += 1;
    node.time += columns.duration[row] ?? 0;
    if (from < 0) continue;
    const edge = edges[edgeAt(from, at)];
    if (!edge) continue;
    edge.calls += 1;
    edge.time += columns.duration[row] ?? 0;
    edge.errors += failed;
  }
  return { nodes, edges, nodeOf };

  function nodeAt(service: number, operation: number): number {
    const names = [
      services[service] ?? '',
      ...(operation < 0 ? [] : [operations[operation] ?? '']),
    ];
    const key = JSON.stringify(names);
    const known = nodeIndex.get(key);
    if (known !== undefined) return known;
    nodeIndex.set(key, nodes.length);
    const none = { calls: 0, time: 0, spans: 0, errors: 0, selfTime: 0, criticalTime: 0 };
    return nodes.push({ key, service, operation, ...none }) - 1;
  }

  function edgeAt(from: number, to: number): number {
    const key = `${from} ${to}`;
    const known = edgeIndex.get(key);
    if (known !== undefined) return known;
    edgeIndex.set(key, edges.length);
    return edges.push({ from, to, calls: 0, time: 0, errors: 0 }) - 1;
  }
}
