import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { spanStatuses, type Trace } from '../../../../../src/core/trace/trace.ts';
import { flameBoxes } from '../../../../../src/core/waterfall/flame/flameBoxes.ts';
import { movedInFlame } from '../../../../../src/core/waterfall/flame/flameKeys.ts';
import {
  childrenOf,
  layOutFlame,
  pathOf,
} from '../../../../../src/core/waterfall/flame/flameLayout.ts';
import {
  flameTree,
  flameWeights,
  type FlameTree,
} from '../../../../../src/core/waterfall/flame/flameTree.ts';
import { anySeenTrace } from '../../../../support/seenTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

const id = (index: number) => (index + 1).toString(16).padStart(16, '0');

const anyTrace = anySeenTrace(['shop', 'billing'], 25);

/** The path of a row, from what it and all above it that are seen are called. */
function pathText({ columns, services, operations }: Trace, row: number, seen: Uint8Array): string {
  const parts: string[] = [];
  for (let at = row; at >= 0; at = columns.parent[at]!)
    if (seen[at] === 1)
      parts.unshift(`${services[columns.service[at]!]} ${operations[columns.operation[at]!]}`);
  return parts.join(' > ');
}

const nodeText = ({ services, operations }: Trace, tree: FlameTree, node: number): string =>
  pathOf(tree, node)
    .slice(1)
    .map((at) => `${services[tree.service[at]!]} ${operations[tree.operation[at]!]}`)
    .join(' > ');

describe('the flame graph of a trace', () => {
  it('has a node for each path, with what its spans add up to', () => {
    fc.assert(
      fc.property(anyTrace, ({ trace, seen, matches }) => {
        const tree = flameTree(trace, { seen, matches });
        const rows = [...seen.keys()].filter((row) => seen[row] === 1);
        const expected = Map.groupBy(rows, (row) => pathText(trace, row, seen));
        assert.equal(tree.size, expected.size + 1);
        const { duration, selfTime, criticalTime, status } = trace.columns;
        const sum = (of: readonly number[], column: Float64Array) =>
          of.reduce((total, row) => total + column[row]!, 0);
        for (let node = 1; node < tree.size; node++) {
          const own = expected.get(nodeText(trace, tree, node))!;
          assert.equal(tree.calls[node], own.length);
          assert.equal(tree.total[node], sum(own, duration));
          assert.equal(tree.selfTime[node], sum(own, selfTime));
          assert.equal(tree.criticalTime[node], sum(own, criticalTime));
          const failed = own.filter((row) => spanStatuses[status[row]!] === 'error');
          assert.equal(tree.errors[node], failed.length);
          assert.equal(tree.matches[node], own.filter((row) => matches[row] === 1).length);
          const longest = Math.max(...own.map((row) => duration[row]!));
          assert.equal(duration[tree.longest[node]!], longest);
          assert.ok(own.includes(tree.longest[node]!));
        }
        for (const row of seen.keys())
          assert.equal(nodeText(trace, tree, tree.nodeOf[row]!), pathText(trace, row, seen));
      }),
    );
  });

  it('has one node for calls to one place, whatever ids are in their paths', () => {
    const { trace } = buildTrace([
      makeSpan({ id: id(0), duration: 100 }),
      ...[7, 8, 9].map((rate) =>
        makeSpan({ id: id(rate), parent: id(0), name: `GET tax/rates/${rate}`, start: rate }),
      ),
    ]);
    const tree = flameTree(trace, { seen: undefined, matches: undefined });
    assert.deepEqual([...tree.calls.subarray(0, tree.size)], [0, 1, 3]);
  });

  it('lays children side by side within their parent, widest first, and leaves its own part free', () => {
    fc.assert(
      fc.property(anyTrace, fc.constantFrom(...flameWeights), ({ trace, seen }, weight) => {
        const tree = flameTree(trace, { seen, matches: undefined });
        const layout = layOutFlame(tree, weight);
        for (let node = 0; node < tree.size; node++) {
          let at = layout.left[node]!;
          let last = Infinity;
          for (const child of childrenOf(layout, node)) {
            assert.equal(tree.parent[child], node);
            assert.equal(layout.left[child], at);
            assert.ok(layout.width[child]! <= last);
            last = layout.width[child]!;
            at += last;
          }
          const end = layout.left[node]! + layout.width[node]!;
          assert.ok(Math.abs(end - at - tree[weight][node]!) < 1e-6);
        }
        const children = Array.from({ length: tree.size }, (_, node) => [
          ...childrenOf(layout, node),
        ]);
        assert.equal(children.flat().length, tree.size - 1);
      }),
    );
  });

  it('draws each node of a pixel or more below the zoomed one, once, where its parent is', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(), fc.integer({ min: 1, max: 400 }), ({ trace }, at, width) => {
        const tree = flameTree(trace, { seen: undefined, matches: undefined });
        const layout = layOutFlame(tree, 'selfTime');
        const zoomed = at % tree.size;
        const lines = flameBoxes(layout, zoomed, width);
        const boxes = new Map(
          lines.flat().flatMap((box) => (box.node < 0 ? [] : [[box.node, box]])),
        );
        const path = pathOf(tree, zoomed);
        const scale = width / layout.width[zoomed]!;
        for (let node = 1; node < tree.size; node++) {
          const isBelow = pathOf(tree, node).includes(zoomed) && node !== zoomed;
          const isWide = layout.width[node]! * scale >= 1;
          assert.equal(boxes.has(node), path.includes(node) || (isBelow && isWide), `node ${node}`);
        }
        for (const line of lines)
          for (const [index, box] of line.entries()) {
            const before = line[index - 1];
            if (before) assert.ok(before.left + before.width <= box.left + 1e-6);
            const parent = boxes.get(box.parent);
            assert.equal(lines.indexOf(line), box.line);
            if (!parent) continue;
            assert.equal(parent.line, box.line - 1);
            assert.ok(box.left >= parent.left - 1e-6);
            assert.ok(box.left + box.width <= parent.left + parent.width + 1e-6);
          }
      }),
    );
  });

  it('takes chains of 72,000 and 50,000 children of one', function () {
    this.timeout(60_000);
    const chain = Array.from({ length: 72_000 }, (_, index) =>
      makeSpan({
        id: id(index),
        parent: index === 0 ? undefined : id(index - 1),
        start: index,
        duration: 150_000 - 2 * index,
      }),
    );
    const deep = flameTree(buildTrace(chain).trace, { seen: undefined, matches: undefined });
    const zoomed = flameBoxes(layOutFlame(deep, 'selfTime'), 60_000, 1_000);
    assert.equal(deep.depth[deep.size - 1], 72_000);
    assert.ok(zoomed.length >= 60_000);
    const wide = Array.from({ length: 50_000 }, (_, index) =>
      makeSpan({
        id: id(index),
        parent: index === 0 ? undefined : id(0),
        start: index,
        duration: index === 0 ? 60_000 : 1,
      }),
    );
    const flat = flameTree(buildTrace(wide).trace, { seen: undefined, matches: undefined });
    const [, children] = flameBoxes(layOutFlame(flat, 'selfTime'), 0, 1_000);
    assert.equal(children?.length, 1);
    assert.equal(children[0]?.rest, 49_999);
  });

  it('keys go to drawn nodes only, and back the way they came', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(), ({ trace }, at) => {
        const tree = flameTree(trace, { seen: undefined, matches: undefined });
        const lines = flameBoxes(layOutFlame(tree, 'selfTime'), 0, 300);
        const nodes = lines.flat().filter(({ node }) => node >= 0);
        fc.pre(nodes.length > 0);
        const from = nodes[at % nodes.length]!.node;
        const inside = movedInFlame(lines, from, 'in');
        if (inside !== undefined) assert.equal(movedInFlame(lines, inside, 'out'), from);
        const right = movedInFlame(lines, from, 'right');
        if (right !== undefined) assert.equal(movedInFlame(lines, right, 'left'), from);
        const top = lines[0]![0]!.node;
        assert.equal(movedInFlame(lines, tree.size + 7, 'in'), top);
        assert.equal(movedInFlame(lines, top, 'out'), undefined);
      }),
    );
  });
});
