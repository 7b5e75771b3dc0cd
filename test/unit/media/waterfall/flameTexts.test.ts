import assert from 'node:assert/strict';
import { nodeFacts } from '../../../../media/waterfall/views/flame/flameTexts.ts';
import { layOutFlame } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import { flameTree } from '../../../../src/core/waterfall/flame/flameTree.ts';
import { openedFrom, pageOf } from '../../../support/rowsText.ts';
import { makeSpan } from '../../../support/span.ts';

describe('what a part of a flame graph says', () => {
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
