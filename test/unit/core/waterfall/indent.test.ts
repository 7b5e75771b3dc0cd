import fc from 'fast-check';
import assert from 'node:assert/strict';
import { indentOf, isCompressed, levelWidth } from '../../../../src/core/waterfall/indent.ts';

describe('indentOf', () => {
  it('gives the first levels full steps', () => {
    assert.deepEqual(
      [0, 1, 5].map((depth) => indentOf(depth, 400)),
      [0, levelWidth, levelWidth * 5],
    );
  });

  it('never decreases with depth and never passes the limit, at 70,000 levels either', () => {
    fc.assert(
      fc.property(fc.nat(70_000), fc.integer({ min: 20, max: 2_000 }), (depth, limit) => {
        assert.ok(indentOf(depth + 1, limit) >= indentOf(depth, limit));
        assert.ok(indentOf(depth, limit) <= limit);
      }),
    );
    assert.ok(indentOf(70_000, 10_000) < 700);
  });

  it('says where levels stop being told apart by eye', () => {
    assert.equal(isCompressed(3, 400), false);
    assert.equal(isCompressed(3, 30), true);
    assert.equal(isCompressed(13, 400), true);
  });
});
