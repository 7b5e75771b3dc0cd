import assert from 'node:assert/strict';
import { CostTreeBuilder } from '../../../../src/core/explain/costTree.ts';
import { microseconds } from '../../../../src/core/base/units.ts';
import { explain } from '../../../../src/core/explain/explanation.ts';
import { withinDepth } from '../../../../src/core/explain/withinDepth.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { noLoops } from '../../../support/noLoops.ts';
import { makeSpan } from '../../../support/span.ts';

const unmapped = { confidence: 'unmapped', cause: 'noCode', reason: '' } as const;

/** Of spans each of which calls the next, and one more. */
function rootOf(spans: number) {
  const { trace } = buildTrace(
    Array.from({ length: spans }, (_, depth) =>
      makeSpan({
        id: String(depth + 1),
        ...(depth > 0 && { parent: String(depth) }),
        name: `level ${depth}`,
        start: depth,
        duration: 2 * spans - 2 * depth,
      }),
    ),
  );
  const tree = new CostTreeBuilder();
  tree.add({ trace, matches: trace.spans.map(() => unmapped as never) }, 0);
  return explain(tree, { slowFrom: microseconds(0), loops: noLoops })!.root;
}

function deepestOf(root: ReturnType<typeof rootOf>) {
  let [node, depth] = [root, 0];
  for (; node.below[0]; depth += 1) node = node.below[0];
  return { node, depth };
}

describe('a tree of costs within a depth', () => {
  it('is the same where nothing is nested so deep', () => {
    const root = rootOf(501);
    assert.equal(withinDepth(root), root);
  });

  it('can be sent to another thread however deep a trace is, and says how many places are left out', () => {
    const root = rootOf(6_000);
    assert.equal(deepestOf(root).depth, 5_999);
    assert.throws(() => structuredClone(root), RangeError);
    const sent = structuredClone(withinDepth(root));
    const { node, depth } = deepestOf(sent);
    assert.deepEqual([depth, node.omitted, node.symbol], [500, 5_499, 'level 500']);
    assert.equal(sent.share, root.share);
  });

  it('says as many left out where the tree was cut before', () => {
    const root = rootOf(2_000);
    assert.deepEqual(withinDepth(withinDepth(root), 100), withinDepth(root, 100));
  });
});
