import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { rowsOfKeys, spanIdColumn, spanKey } from '../../../../src/core/waterfall/spanIds.ts';

const ids = spanIdColumn([{ spanId: '00f067aa0ba902b7' }, { spanId: 'ffffffffffffffff' }]);

describe('span ids as a column', () => {
  it('come back as they were, leading zeros and all', () => {
    assert.equal(spanKey(ids, spanRow(0)), '00f067aa0ba902b7');
    assert.equal(spanKey(ids, spanRow(1)), 'ffffffffffffffff');
  });

  it('own exactly their bytes, so that they can be transferred', () => {
    assert.equal(ids.byteLength, ids.buffer.byteLength);
  });

  it('a span without a usable id, or a trace without ids, is remembered by its row', () => {
    assert.equal(spanKey(spanIdColumn([{ spanId: 'no id' }]), spanRow(0)), '#0');
    assert.equal(spanKey(undefined, spanRow(7)), '#7');
    assert.deepEqual([...rowsOfKeys(undefined, 9, ['#7', '#12'])], [['#7', 7]]);
  });

  it('finds the rows of keys; the first of a doubled id counts; unknown keys are left out', () => {
    const doubled = spanIdColumn([{ spanId: 'a' }, { spanId: 'b' }, { spanId: 'a' }]);
    const rows = rowsOfKeys(doubled, 3, [spanKey(doubled, spanRow(2)), 'no such']);
    assert.deepEqual([...rows.values()], [0]);
  });
});
