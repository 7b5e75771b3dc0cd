import fc from 'fast-check';
import assert from 'node:assert/strict';
import { layOutGraph } from '../../../../../src/core/waterfall/services/graphLayout.ts';
import { findLayers } from '../../../../../src/core/waterfall/services/layers.ts';

const sizes = { nodeWidth: 160, nodeHeight: 50, layerGap: 100, nodeGap: 20 };

/** Up to 30 nodes with arrows between two of them, each pair once. */
const anyGraph = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc
    .uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), {
      maxLength: 60,
      selector: ([from, to]) => from * count + to,
    })
    .map((pairs) => ({
      count,
      arrows: pairs.filter(([from, to]) => from !== to).map(([from, to]) => ({ from, to })),
    })),
);

describe('the layout of a call graph', () => {
  it('leads every arrow to a later layer, but those that would close a circle', () => {
    fc.assert(
      fc.property(anyGraph, ({ count, arrows }) => {
        const { layer, reversed } = findLayers(count, arrows);
        for (const arrow of arrows) {
          const isLater = layer[arrow.to]! > layer[arrow.from]!;
          assert.equal(isLater, !reversed.has(arrow));
        }
        const isTree = arrows.every(({ from, to }) => from < to);
        if (isTree) assert.equal(reversed.size, 0);
      }),
    );
  });

  it('lays no node over another, within the drawing', () => {
    fc.assert(
      fc.property(anyGraph, ({ count, arrows }) => {
        const { nodes, width, height } = layOutGraph(count, arrows, sizes);
        nodes.forEach((node, index) => {
          assert.ok(node.x >= 0 && node.x + sizes.nodeWidth <= width + 1e-6);
          assert.ok(node.y >= -1e-6 && node.y + sizes.nodeHeight <= height + 1e-6);
          for (const other of nodes.slice(index + 1)) {
            const apart =
              Math.abs(node.x - other.x) >= sizes.nodeWidth ||
              Math.abs(node.y - other.y) >= sizes.nodeHeight + sizes.nodeGap - 1e-6;
            assert.ok(apart);
          }
        });
      }),
    );
  });

  it('lets arrows begin and end at the sides of their nodes, and never through another node', () => {
    fc.assert(
      fc.property(anyGraph, ({ count, arrows }) => {
        const { nodes, arrows: ways } = layOutGraph(count, arrows, sizes);
        const isAt = (node: { x: number; y: number }, point: { x: number; y: number }) =>
          (point.x === node.x || point.x === node.x + sizes.nodeWidth) &&
          point.y >= node.y &&
          point.y <= node.y + sizes.nodeHeight;
        ways.forEach((points, index) => {
          const { from, to } = arrows[index]!;
          assert.ok(isAt(nodes[from]!, points[0]!));
          assert.ok(isAt(nodes[to]!, points.at(-1)!));
          for (const { x, y } of points.slice(1, -1))
            for (const node of nodes)
              assert.ok(
                x < node.x ||
                  x > node.x + sizes.nodeWidth ||
                  y <= node.y ||
                  y >= node.y + sizes.nodeHeight,
              );
        });
      }),
    );
  });
});
