import assert from 'node:assert/strict';
import { microseconds, spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { describeRow, type RowMarks } from '../../../../src/core/waterfall/describeRow.ts';
import { makeSpan } from '../../../support/span.ts';

const plain: RowMarks = {
  confidence: 'unmapped',
  repeats: 0,
  repeatTime: microseconds(0),
  folded: false,
  matched: false,
};
const { trace } = buildTrace([
  makeSpan({ id: '1'.repeat(16), name: 'GET /orders', duration: 2_450_000 }),
  makeSpan({
    id: '2'.repeat(16),
    parent: '1'.repeat(16),
    name: 'evil\u202Ename\u0000',
    start: 3,
    duration: 257_800,
    status: 'error',
  }),
]);

describe('describeRow', () => {
  it('names the span, its service and its times', () => {
    assert.equal(
      describeRow(trace, spanRow(0), plain),
      'GET /orders, shop-api, 2.45 s, starts at 0 µs, 2.19 s on the critical path, no code location',
    );
  });

  it('says what shape and color say: error, fold, match, repeats, how sure the location is', () => {
    const marks: RowMarks = {
      confidence: 'likely',
      repeats: 214,
      repeatTime: microseconds(2_020_000),
      folded: true,
      matched: true,
    };
    assert.equal(
      describeRow(trace, spanRow(0), marks),
      'GET /orders, shop-api, 2.45 s, starts at 0 µs, 2.45 s on the critical path, one of 214 calls from this line in this request, 2.02 s on the critical path together, 1 span collapsed, match, likely line',
    );
    assert.match(describeRow(trace, spanRow(1), plain), /, error, 258 ms, starts at 3 µs/);
  });

  it('speaks hidden characters rather than obeying them, and cuts what is endless', () => {
    assert.match(describeRow(trace, spanRow(1), plain), /^evil\[U\+202E\]name␀, /);
    const long = buildTrace([makeSpan({ id: '3'.repeat(16), name: 'n'.repeat(1_000_000) })]).trace;
    assert.ok(describeRow(long, spanRow(0), plain).length < 400);
  });
});
