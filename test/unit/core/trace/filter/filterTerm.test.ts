import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { attributeTerm, filterTerm } from '../../../../../src/core/trace/filter/filterTerm.ts';
import { parseSpanFilter } from '../../../../../src/core/trace/filter/parseSpanFilter.ts';
import { anyFilterText as text } from '../../../../support/filterTexts.ts';
import { filteredRows } from '../../../../support/filteredRows.ts';
import { makeSpan } from '../../../../support/span.ts';

describe('the term that filters by a value', () => {
  it('reads as a user would type it', () => {
    assert.equal(filterTerm('service', 'shop-api'), 'service:=shop-api');
    assert.equal(filterTerm('service', 'shop api'), 'service:="shop api"');
    assert.equal(filterTerm('name', 'GET /orders/:id'), 'name:="GET /orders/:id"');
    assert.equal(filterTerm('kind', 'server'), 'kind:server');
    assert.equal(filterTerm('status', 'error'), 'status:error');
    assert.equal(filterTerm('mapped', 'no'), 'mapped:no');
    assert.equal(filterTerm('file', 'orders.service.ts:31'), 'file:=orders.service.ts:31');
    assert.equal(filterTerm('http.route', '/orders/:id'), 'http.route=/orders/:id');
    assert.equal(filterTerm('http.response.status_code', 500), 'http.response.status_code=500');
    assert.equal(filterTerm('db.statement', 'SELECT 1'), 'db.statement="SELECT 1"');
    assert.equal(filterTerm('db.statement', 'say "hi"'), 'db.statement="say ""hi"""');
    assert.equal(filterTerm('db.statement', 'SELECT *'), 'db.statement:="SELECT *"');
    assert.equal(filterTerm('tags', ['a', 'b']), 'tags="[""a"",""b""]"');
    assert.equal(filterTerm('größe', '5'), 'größe=5');
    assert.equal(filterTerm('a*', '5'), '"a*"=5');
    assert.equal(filterTerm('user id', ''), '"user id"=""');
    assert.equal(attributeTerm('status', 'late'), '"status"=late');
  });

  it('finds the span that has it, by any name, service, place or attribute', () => {
    fc.assert(
      fc.property(text, text, text, text, (name, service, place, key) => {
        const { trace } = buildTrace([
          makeSpan({ id: 'a', name, service, attributes: { [key]: service } }),
        ]);
        const places = { texts: [place], row: Int32Array.of(0) };
        for (const term of [
          filterTerm('name', name),
          filterTerm('service', service),
          filterTerm('file', place),
          attributeTerm(key, service),
        ]) {
          assert.deepEqual(parseSpanFilter(term).problems, [], term);
          assert.equal(parseSpanFilter(term).terms.length, 1, term);
          assert.deepEqual(filteredRows(trace, term, places), [0], term);
          assert.deepEqual(filteredRows(trace, `-${term}`, places), [], term);
          assert.ok(!/[\r\n]/u.test(term));
        }
      }),
    );
  });

  it('finds no other than one that differs by case, or that begins or is broken alike', () => {
    const short = text.filter((one) => one.length <= 200 && !/[\r\n]/u.test(one));
    fc.assert(
      fc.property(short, short, (one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        const { trace } = buildTrace([
          makeSpan({ id: 'a', name: other, service: other, attributes: { key: other } }),
        ]);
        for (const field of ['name', 'service', 'key'])
          assert.deepEqual(filteredRows(trace, filterTerm(field, one)), [], field);
      }),
    );
  });

  it('stands for itself beside any other text', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const terms = [filterTerm('name', one), attributeTerm('key', other), 'ms', '0s'];
        for (const term of terms.slice(0, 2)) {
          const found = parseSpanFilter(`${term} ms 0s ${term} (${term}) or ${term}`);
          assert.equal(found.terms.length, 6, term);
          assert.deepEqual(found.problems, []);
        }
      }),
    );
  });
});
