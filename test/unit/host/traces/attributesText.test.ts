import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attributesText, parseAttributes } from '../../../../src/host/traces/attributesText.ts';

describe('attributes as typed', () => {
  it('are keys and values with spaces between them', () => {
    assert.deepEqual(parseAttributes('  http.route=/orders/:id   tier="not gold" empty="" '), [
      { key: 'http.route', value: '/orders/:id' },
      { key: 'tier', value: 'not gold' },
      { key: 'empty', value: '' },
    ]);
    assert.deepEqual(parseAttributes(''), []);
    assert.deepEqual(parseAttributes('empty='), [{ key: 'empty', value: '' }]);
    assert.deepEqual(parseAttributes('a=b=c list=["x","y"]'), [
      { key: 'a', value: 'b=c' },
      { key: 'list', value: '["x","y"]' },
    ]);
    assert.deepEqual(parseAttributes(String.raw`text="say \"hi\"\n"`), [
      { key: 'text', value: 'say "hi"\n' },
    ]);
  });

  for (const text of [
    'gold',
    'tier =gold',
    '=gold',
    'tier="gold',
    'tier="a"b',
    'a=1 b',
    String.raw`a="\q"`,
  ])
    it(`${text} is answered with how they are typed`, () => {
      const answer = parseAttributes(text);
      assert.ok(typeof answer === 'string');
      assert.match(answer, /^Enter key=value, for example/);
    });

  it('are read back as they are shown', () => {
    const key = fc
      .string({ minLength: 1, maxLength: 8 })
      .map((text) => text.replaceAll(/[\s=]/gu, '_'));
    const attributes = fc.array(
      fc.record(
        { key, value: fc.string({ unit: 'binary', maxLength: 12 }) },
        { noNullPrototype: true },
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(attributes, (list) => {
        assert.deepEqual(parseAttributes(attributesText(list)), list);
      }),
    );
  });

  it('are looked through in time that grows with their length only', () => {
    const started = performance.now();
    assert.equal(typeof parseAttributes(`a="${'\\"'.repeat(200_000)}`), 'string');
    assert.equal(typeof parseAttributes('a'.repeat(200_000)), 'string');
    assert.ok(performance.now() - started < 2_000);
  });
});
