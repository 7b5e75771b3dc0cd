import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanStatuses, type Trace } from '../../../../../src/core/trace/trace.ts';
import { callGraph, graphNodes } from '../../../../../src/core/waterfall/services/callGraph.ts';
import { entryKey, graphLines } from '../../../../../src/core/waterfall/services/graphLines.ts';
import { rowsOfCall, rowsOfNode } from '../../../../../src/core/waterfall/services/rowsOfCall.ts';
import { anySeenTrace } from '../../../../support/seenTrace.ts';

const anyTrace = anySeenTrace(['shop', 'billing', 'edge'], 40);

/** The nearest row above that is seen; -1: none. */
function seenAbove({ columns }: Trace, row: number, seen: Uint8Array): number {
  let at = columns.parent[row]!;
  while (at >= 0 && seen[at] !== 1) at = columns.parent[at]!;
  return at;
}

/** The row that was called and in whose course this one ran: the last of its service on the way up. */
function calledRow(trace: Trace, row: number, seen: Uint8Array): number {
  let at = row;
  for (;;) {
    const above = seenAbove(trace, at, seen);
    if (above < 0 || trace.columns.service[above] !== trace.columns.service[row]) return at;
    at = above;
  }
}

describe('the call graph of a trace', () => {
  it('has what adding up spans and calls one by one gives, each seen span in one node', () => {
    fc.assert(
      fc.property(anyTrace, fc.constantFrom(...graphNodes), ({ trace, seen }, by) => {
        const { columns, services, operations } = trace;
        const graph = callGraph(trace, by, seen);
        const rows = [...seen.keys()].filter((row) => seen[row] === 1);
        const nameOf = (row: number) => {
          const called = calledRow(trace, row, seen);
          const service = services[columns.service[row]!]!;
          return by === 'service'
            ? service
            : `${service} ${operations[columns.operation[called]!]}`;
        };
        const names = graph.nodes.map(({ service, operation }) =>
          by === 'service' ? services[service]! : `${services[service]} ${operations[operation]}`,
        );
        const expected = Map.groupBy(rows, nameOf);
        assert.deepEqual(names, [...expected.keys()]);
        const sum = (of: readonly number[], column: Float64Array) =>
          of.reduce((total, row) => total + column[row]!, 0);
        const failed = (of: readonly number[]) =>
          of.filter((row) => spanStatuses[columns.status[row]!] === 'error').length;
        const isCalled = (row: number) => calledRow(trace, row, seen) === row;
        graph.nodes.forEach((node, at) => {
          const own = expected.get(names[at]!)!;
          assert.equal(node.spans, own.length);
          assert.equal(node.calls, own.filter(isCalled).length);
          assert.equal(node.time, sum(own.filter(isCalled), columns.duration));
          assert.equal(node.errors, failed(own));
          assert.equal(node.selfTime, sum(own, columns.selfTime));
          assert.equal(node.criticalTime, sum(own, columns.criticalTime));
          assert.deepEqual(rowsOfNode(graph, seen, at), own);
        });
        const calls = Map.groupBy(
          rows.filter((row) => isCalled(row) && seenAbove(trace, row, seen) >= 0),
          (row) => `${nameOf(seenAbove(trace, row, seen))} > ${nameOf(row)}`,
        );
        assert.equal(graph.edges.length, calls.size);
        for (const { from, to, ...edge } of graph.edges) {
          const own = calls.get(`${names[from]} > ${names[to]}`)!;
          assert.deepEqual(rowsOfCall(trace, graph, seen, { node: from, to }), own);
          assert.deepEqual(edge, {
            calls: own.length,
            time: sum(own, columns.duration),
            errors: failed(own),
          });
        }
      }),
    );
  });

  it('names its lines alike whichever spans are seen, each otherwise', () => {
    fc.assert(
      fc.property(anyTrace, fc.constantFrom(...graphNodes), ({ trace, seen }, by) => {
        const { services, operations } = trace;
        const named = [undefined, seen].map((left) => {
          const graph = callGraph(trace, by, left);
          const names = graph.nodes.map(
            ({ service, operation }) => `${services[service]} ${operations[operation] ?? ''}`,
          );
          const sort = { key: 'name', ascending: true } as const;
          return graphLines(graph, names, sort, () => true).map(({ entry }) => {
            const name = `${names[entry.node]} > ${names[entry.to] ?? ''}`;
            return [name, entryKey(graph, entry)] as const;
          });
        });
        const [all = [], some = []] = named;
        const keys = new Map(all);
        assert.equal(new Set(keys.values()).size, all.length);
        for (const [name, key] of some) assert.equal(key, keys.get(name) ?? key);
      }),
    );
  });
});
