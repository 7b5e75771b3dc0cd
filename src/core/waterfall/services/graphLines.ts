import { tableLines, type TableLine } from '../tableLines.ts';
import type { CallGraph } from './callGraph.ts';

/** What the table of a call graph can be sorted by. */
export const graphKeys = ['name', 'calls', 'time', 'selfTime', 'criticalTime', 'errors'] as const;
export type GraphKey = (typeof graphKeys)[number];

export interface GraphSort {
  readonly key: GraphKey;
  readonly ascending: boolean;
}

/** A node of the graph, or what it calls. */
export interface GraphEntry {
  readonly node: number;
  /** The node that is called, for a call from `node`; -1 of the node itself. */
  readonly to: number;
  readonly calls: number;
  readonly time: number;
  /** What calls have none of is -1. */
  readonly selfTime: number;
  readonly criticalTime: number;
  readonly errors: number;
  readonly parts: readonly GraphEntry[];
}

/** Names an entry, whichever spans are seen. */
export const entryKey = ({ nodes }: CallGraph, { node, to }: GraphEntry): string =>
  (to < 0 ? [node] : [node, to]).map((at) => nodes[at]?.key ?? '').join(' ');

/** The nodes of a graph in order of a column, each open one with what it calls below it in the same order. */
export function graphLines(
  { nodes, edges }: CallGraph,
  names: readonly string[],
  { key, ascending }: GraphSort,
  isOpen: (node: number) => boolean,
): readonly TableLine<GraphEntry>[] {
  const calls = Map.groupBy(edges, ({ from }) => from);
  const entries = nodes.map((numbers, node): GraphEntry => ({
    ...numbers,
    node,
    to: -1,
    parts: (calls.get(node) ?? []).map((edge) => ({
      ...edge,
      node,
      selfTime: -1,
      criticalTime: -1,
      parts: [],
    })),
  }));
  const sign = ascending ? 1 : -1;
  const nameOf = ({ node, to }: GraphEntry) => names[to < 0 ? node : to] ?? '';
  const byName = (a: GraphEntry, b: GraphEntry) =>
    nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b));
  const compare =
    key === 'name'
      ? (a: GraphEntry, b: GraphEntry) => sign * byName(a, b)
      : (a: GraphEntry, b: GraphEntry) =>
          sign * (a[key] - b[key]) || b.time - a.time || byName(a, b);
  return tableLines(entries, compare, ({ node }) => isOpen(node));
}
