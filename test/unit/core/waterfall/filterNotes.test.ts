import assert from 'node:assert/strict';
import { parseSpanFilter } from '../../../../src/core/trace/filter/parseSpanFilter.ts';
import { filterNotes, withReason } from '../../../../src/core/waterfall/filterNotes.ts';

const notes = (query: string, matchCount: number | undefined, ...unknownKeys: string[]) =>
  filterNotes({ filter: parseSpanFilter(query), matchCount, unknownKeys });

describe('what is said beside a filter', () => {
  it('is nothing while it finds something, or is being looked for', () => {
    assert.deepEqual(notes('orders', 3), []);
    assert.deepEqual(notes('servise:shop', 3), []);
    assert.deepEqual(notes('http.route=/orders', undefined), []);
  });

  it('is what of it is wrong, whatever the rest finds', () => {
    assert.deepEqual(notes('error >100', 3), ['Add a unit: >100 µs, >100 ms or >100 s.']);
    assert.deepEqual(notes('>100', undefined), ['Add a unit: >100 µs, >100 ms or >100 s.']);
  });

  it('is what can be typed where it finds nothing', () => {
    assert.deepEqual(notes('carts', 0), [
      'No matching spans.',
      'Try part of a name or file, service:name, >100 ms or http.route=/path.',
    ]);
  });

  it('is which field or attribute is not known', () => {
    assert.deepEqual(notes('servise:shop', 0), [
      'No matching spans.',
      'Unknown field servise. Use service, name, kind, status, file, duration, self, mapped, critical, or servise=value for an attribute.',
    ]);
    assert.deepEqual(notes('http.rout=/orders', 0, 'http.rout'), [
      'No matching spans.',
      'No span in this trace has attribute http.rout.',
    ]);
  });

  it('is said once, however often it is typed', () => {
    assert.deepEqual(notes('a=1 or a=2', 0, 'a', 'a'), [
      'No matching spans.',
      'No span in this trace has attribute a.',
    ]);
    assert.equal(notes('servise:a or servise:b', 0).length, 2);
    assert.equal(notes('a>1 or a>1', 0, 'a', 'a').length, 3);
  });

  it('is how to exclude where NOT is typed for it, which is a text', () => {
    const hint = 'NOT is a text here. To exclude, type - before a condition: -error.';
    assert.deepEqual(notes('orders AND NOT status:error', 3), [hint]);
    assert.deepEqual(notes('NOT (a or b)', undefined), [hint]);
    assert.deepEqual(notes('NOT a NOT b', 0), ['No matching spans.', hint]);
    for (const text of ['not found', '"NOT" found', 'NOT', 'NOT or a', 'DO_NOT a', '(NOT) a'])
      assert.deepEqual(notes(text, 3), [], text);
  });

  it('is that a number needs a unit, where what stands before it is no attribute', () => {
    assert.deepEqual(notes('orders >100', 0, 'orders'), [
      'No matching spans.',
      'Add a unit: >100 µs, >100 ms or >100 s.',
      'No span in this trace has attribute orders.',
    ]);
    assert.deepEqual(notes('retries > 3', 3), []);
    assert.deepEqual(notes('http.cod > 400', 0, 'http.cod'), [
      'No matching spans.',
      'No span in this trace has attribute http.cod.',
    ]);
  });

  it('stays where a value is said to fit nothing, but for what that says itself', () => {
    const reason = 'No service in this trace contains zz.';
    assert.deepEqual(withReason(reason, notes('service:zz', 0)), [reason]);
    assert.deepEqual(withReason(reason, notes('>100 service:zz', 0)), [
      reason,
      'Add a unit: >100 µs, >100 ms or >100 s.',
    ]);
  });
});
