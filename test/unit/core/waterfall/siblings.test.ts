import fc from 'fast-check';
import assert from 'node:assert/strict';
import { siblingPlaces } from '../../../../src/core/waterfall/siblings.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';

describe('siblingPlaces', () => {
  it('counts each span among the children of its parent, roots among roots', () => {
    const { position, setSize } = siblingPlaces(
      traceFromOutline(`
root
  one
    only
  two
other root
`),
    );
    assert.deepEqual([...position], [1, 1, 1, 2, 2]);
    assert.deepEqual([...setSize], [2, 2, 1, 2, 2]);
  });

  it('each position of a set is taken once, in any trace', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const { position, setSize } = siblingPlaces(trace);
        const places = new Set<string>();
        for (let row = 0; row < trace.size; row++) {
          assert.ok(position[row]! >= 1 && position[row]! <= setSize[row]!);
          places.add(`${trace.columns.parent[row]} ${position[row]}`);
        }
        assert.equal(places.size, trace.size);
      }),
    );
  });
});
