import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginningOf, joinedParts, textOfMarks } from '../../../../src/core/base/markedText.ts';

const kinds = fc.constantFrom('plain' as const, 'keyword' as const, 'string' as const);
const parts = fc.array(
  fc.record({ kind: kinds, text: fc.string({ unit: fc.constantFrom('a', '\n', '😀') }) }),
);

describe('a marked text', () => {
  it('joined has the same text, and no neighbors of one kind', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const joined = joinedParts(some);
        assert.equal(textOfMarks(joined), textOfMarks(some));
        for (const [index, { kind, text }] of joined.entries()) {
          assert.notEqual(text, '');
          assert.notEqual(kind, joined[index + 1]?.kind);
        }
      }),
    );
  });

  it('begins with at most so many lines and characters of itself, as a slow reading cuts it', () => {
    fc.assert(
      fc.property(parts, fc.nat(20), fc.integer({ min: 1, max: 4 }), (some, characters, lines) => {
        const text = textOfMarks(some);
        const cut = textOfMarks(beginningOf(some, { characters, lines }));
        const wanted = text.split('\n').slice(0, lines).join('\n').slice(0, characters);
        const whole = /[\ud800-\udbff]$/.test(wanted) ? wanted.slice(0, -1) : wanted;
        assert.equal(cut, whole);
      }),
    );
  });

  it('that fits is given as it is', () => {
    const text = [{ kind: 'plain', text: 'a\nb' }] as const;
    assert.equal(beginningOf(text, { characters: 3, lines: 2 }), text);
  });
});
