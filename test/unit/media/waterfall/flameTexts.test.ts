import assert from 'node:assert/strict';
import { nodeFacts, nodeName } from '../../../../media/waterfall/views/flame/flameTexts.ts';
import { layOutFlame } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import { flameTree } from '../../../../src/core/waterfall/flame/flameTree.ts';
import { openedFrom, pageOf } from '../../../support/rowsText.ts';
import { makeSpan } from '../../../support/span.ts';

describe('what a part of a flame graph says', () => {
  it('is called as its calls are, without ids only where these differ', () => {
    const calls = ['GET tax/rates/7', 'GET tax/rates/7', 'GET tax/rules/1', 'GET tax/rules/2'];
    const page = pageOf(
      openedFrom(
        calls.map((name, at) => makeSpan({ id: String(at), name, start: at, duration: 1 })),
      ),
    );
    const { trace } = page;
    assert.ok(trace);
    const tree = flameTree(trace.opened.shape, { seen: undefined, matches: undefined });
    const layout = layOutFlame(tree, 'selfTime');
    const names = [0, 2].map((row) => nodeName(trace, layout, tree.nodeOf[row] ?? 0));
    assert.deepEqual(names, ['GET tax/rates/7', 'GET tax/rules/*']);
  });

  it('is its share of the trace, also where a filter leaves little of that', () => {
    const page = pageOf(
      openedFrom([
        makeSpan({ id: 'a', name: 'request', duration: 100 }),
        makeSpan({ id: 'b', parent: 'a', name: 'query', duration: 20 }),
        makeSpan({ id: 'c', parent: 'a', name: 'call', start: 20, duration: 60 }),
      ]),
    );
    const { trace } = page;
    assert.ok(trace);
    const { shape } = trace.opened;
    for (const seen of [undefined, Uint8Array.of(0, 1, 0)])
      for (const weight of ['selfTime', 'criticalTime'] as const) {
        const layout = layOutFlame(flameTree(shape, { seen, matches: undefined }), weight);
        const facts = nodeFacts(trace, layout, layout.tree.nodeOf[1] ?? 0);
        const whole = weight === 'selfTime' ? 'trace' : 'critical path';
        assert.ok(facts.includes(`20% of the ${whole}`), facts.join());
      }
  });
});
