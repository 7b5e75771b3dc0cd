import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { filterTerm } from '../../../../../src/core/trace/filter/filterTerm.ts';
import { withTerm } from '../../../../../src/core/trace/filter/withTerm.ts';
import { anyFilterText as text } from '../../../../support/filterTexts.ts';
import { filteredRows } from '../../../../support/filteredRows.ts';
import { makeSpan } from '../../../../support/span.ts';

/** Half of it alternatives and groups, which may not pair. */
const typedText = fc.oneof(
  text,
  fc
    .array(
      fc.constantFrom('a', 'b', 'service:', '>1', 'or', 'and', '-', '(', ')', '"', ' ', 'f('),
      {
        maxLength: 16,
      },
    )
    .map((parts) => parts.join(' ')),
  fc
    .array(fc.constantFrom('a', ' or ', ' ', '(', ')', '-', '"'), { maxLength: 16 })
    .map((parts) => parts.join('')),
);

describe('a filter with another condition', () => {
  it('is added to what is looked for already, whatever that is', () => {
    assert.equal(withTerm(' ', 'error'), 'error');
    assert.equal(withTerm('orders', 'error'), 'error orders');
    assert.equal(withTerm('a or b', 'error'), 'error (a or b)');
    assert.equal(withTerm('"a or b"', 'error'), 'error "a or b"');
    assert.equal(withTerm('service:', 'error'), 'error service:');
    assert.equal(withTerm('x or "a b', 'error'), 'error (x or "a b")');
    assert.equal(withTerm('a or (b', 'error'), 'error (a or (b)');
    assert.equal(withTerm('a) or (b or c)', 'error'), 'error a) or error (b or c)');
    assert.equal(withTerm('a or b(', 'error'), 'error a or error b(');
    assert.equal(withTerm('a) or duration:>x or b', 'error'), 'error a) or duration:>x or error b');
  });

  it('finds what was found before and meets the condition, whatever was typed', () => {
    fc.assert(
      fc.property(typedText, text, (typed, name) => {
        const { trace } = buildTrace([
          makeSpan({ id: 'a', name, duration: 5_000 }),
          makeSpan({ id: 'b', name: typed, service: name }),
          makeSpan({ id: 'c', name: `${typed} ${name}` }),
        ]);
        const term = filterTerm('service', name);
        const before = new Set(filteredRows(trace, typed));
        const expected = filteredRows(trace, term).filter((row) => before.has(row));
        assert.deepEqual(filteredRows(trace, withTerm(typed, term)), expected);
      }),
    );
  });
});
