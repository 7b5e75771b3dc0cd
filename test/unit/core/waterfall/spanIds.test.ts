import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import {
  keyOfSpan,
  rowsOfKeys,
  spanIdColumn,
  spanKey,
} from '../../../../src/core/waterfall/spanIds.ts';
import { makeSpan } from '../../../support/span.ts';

const ids = spanIdColumn(['00f067aa0ba902b7', 'ffffffffffffffff'].map((id) => makeSpan({ id })));

describe('span ids as a column', () => {
  it('come back as they were, leading zeros and all', () => {
    assert.equal(spanKey(ids, spanRow(0)), '00f067aa0ba902b7');
    assert.equal(spanKey(ids, spanRow(1)), 'ffffffffffffffff');
  });

  it('own exactly their bytes, so that they can be transferred', () => {
    assert.equal(ids.byteLength, ids.buffer.byteLength);
  });

  it('a span without a usable id, or a trace without ids, is remembered by its row', () => {
    assert.equal(spanKey(spanIdColumn([makeSpan({ id: 'no id' })]), spanRow(0)), '#0');
    assert.equal(spanKey(undefined, spanRow(7)), '#7');
    assert.deepEqual([...rowsOfKeys(undefined, 9, ['#7', '#12'])], [['#7', 7]]);
  });

  it('finds the rows of keys; the first of a doubled id counts; unknown keys are left out', () => {
    const doubled = spanIdColumn(['a', 'b', 'a'].map((id) => makeSpan({ id })));
    const rows = rowsOfKeys(doubled, 3, [spanKey(doubled, spanRow(2)), 'no such']);
    assert.deepEqual([...rows.values()], [0]);
  });

  it('tells the two sides of a call apart that share an id', () => {
    const client = makeSpan({ id: '00f067aa0ba902b7', kind: 'client' });
    const server = makeSpan({ id: '00f067aa0ba902b7', kind: 'server' });
    const shared = spanIdColumn([client, server]);
    assert.equal(spanKey(shared, spanRow(0)), keyOfSpan(client));
    assert.equal(spanKey(shared, spanRow(1)), keyOfSpan(server));
    assert.deepEqual([...rowsOfKeys(shared, 2, [keyOfSpan(server)]).values()], [1]);
  });
});
