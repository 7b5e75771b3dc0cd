import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import {
  keyOfSpan,
  rowKey,
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

  it('finds the rows of keys; unknown keys are left out', () => {
    const rows = rowsOfKeys(ids, 2, [rowKey(ids, spanRow(1)), 'no such']);
    assert.deepEqual([...rows], [['ffffffffffffffff', 1]]);
  });

  it('remembers each row by a key of its own, and finds it by that, however many share an id', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'no id')), (names) => {
        const column = spanIdColumn(names.map((id) => makeSpan({ id })));
        const rows = names.map((_, row) => spanRow(row));
        const keys = rows.map((row) => rowKey(column, row));
        assert.deepEqual(
          [...rowsOfKeys(column, names.length, keys)],
          keys.map((key, row) => [key, row]),
        );
        for (const row of rows) {
          const isFirst = names.indexOf(names[row]!) === row;
          if (isFirst) assert.equal(rowKey(column, row), spanKey(column, row));
          else if (names[row] !== 'no id') assert.match(rowKey(column, row), /^[0-9a-f]{16}~\d+$/);
        }
      }),
    );
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
