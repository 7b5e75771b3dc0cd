import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { filterSpans } from '../../../../src/core/trace/filter/filterSpans.ts';
import { filterTerm } from '../../../../src/core/trace/filter/filterTerm.ts';
import { parseSpanFilter } from '../../../../src/core/trace/filter/parseSpanFilter.ts';
import type { TraceShape } from '../../../../src/core/trace/trace.ts';
import { filterOfRows } from '../../../../src/core/waterfall/filterOfRows.ts';
import { anySeenTrace } from '../../../support/seenTrace.ts';
import { makeSpan } from '../../../support/span.ts';

const placeless = (shape: TraceShape) => ({
  shape,
  places: { texts: [], row: new Int32Array(shape.size).fill(-1) },
});
const found = (shape: TraceShape, filter: string) => {
  const { expression } = parseSpanFilter(filter);
  assert.ok(expression);
  return filterSpans(shape, expression, {
    places: placeless(shape).places,
    marks: () => new Uint8Array(shape.size),
  });
};
const rowsOf = (marks: Uint8Array) => [...marks.keys()].filter((row) => marks[row] === 1);

describe('the filter of rows', () => {
  it('finds just these, also among what another filter left', () => {
    const anyTrace = anySeenTrace(['shop', 'shop api'], 20);
    const anyFilter = fc.constantFrom('error', 'error or name:prisma', '-error (>1µs or shop)');
    fc.assert(
      fc.property(anyTrace, anyFilter, ({ trace, seen }, typed) => {
        const term = filterTerm('service', 'shop');
        const ofTerm = found(trace, term);
        const left = { filter: typed, matches: found(trace, typed) };
        const filterOf = (
          rows: readonly number[],
          before?: { readonly filter: string; readonly matches: Uint8Array },
        ) => filterOfRows(placeless(trace), rows.map(spanRow), term, before);
        const all = rowsOf(ofTerm);
        assert.equal(filterOf(all), term);
        const leftOfAll = all.filter((row) => left.matches[row] === 1);
        const further = filterOf(leftOfAll, left);
        assert.deepEqual(rowsOf(found(trace, further ?? '-')), leftOfAll);
        if (further !== undefined) {
          const again = { filter: further, matches: found(trace, further) };
          assert.equal(filterOf(leftOfAll, again), further);
        }
        const some = all.filter((row) => seen[row] === 1);
        assert.equal(filterOf(some), some.length === all.length ? term : undefined);
      }),
    );
  });

  it('is none where a span of another name or outside the time on screen would be found too', () => {
    const named = makeSpan({ id: 'a', name: 'GET' });
    const labelled = makeSpan({
      id: 'b',
      name: 'GET',
      kind: 'client',
      attributes: { 'http.request.method': 'GET', 'url.full': 'http://tax/rates' },
    });
    const { trace } = buildTrace([named, labelled]);
    assert.deepEqual([...trace.operations].sort(), ['GET', 'GET tax/rates']);
    const row = spanRow(trace.spans.findIndex(({ spanId }) => spanId === named.spanId));
    const ofGet = filterTerm('name', 'GET');
    assert.equal(filterOfRows(placeless(trace), [row], ofGet, undefined), undefined);
    const both = [spanRow(0), spanRow(1)];
    assert.equal(filterOfRows(placeless(trace), both, ofGet, undefined), ofGet);
  });
});
