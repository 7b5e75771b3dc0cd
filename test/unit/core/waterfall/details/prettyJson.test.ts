import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOfMarks } from '../../../../../src/core/base/markedText.ts';
import { prettyJson } from '../../../../../src/core/waterfall/details/prettyJson.ts';

const laidOut = (text: string): string | undefined => {
  const marked = prettyJson(text);
  return marked && textOfMarks(marked);
};

/** The text without white space outside of its strings. */
const essence = (text: string): string =>
  text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? '');

describe('JSON in a value', () => {
  it('is laid out on lines; short lists of plain values and empty ones stay on theirs', () => {
    assert.equal(
      laidOut('{"a":[1,2,"x y"],"b":{},"c":[],"d":[{"e":null}],"f":{"g":true}}'),
      `{
  "a": [1, 2, "x y"],
  "b": {},
  "c": [],
  "d": [
    {
      "e": null
    }
  ],
  "f": {
    "g": true
  }
}`,
    );
  });

  it('keeps what parsing would lose: long numbers, keys that repeat, escapes', () => {
    const text = String.raw`{"n":9007199254740993,"n":1.0,"e":1e400,"z":-0,"s":"\u0041\"{[,:"}`;
    assert.equal(essence(laidOut(text) ?? ''), text);
  });

  it('is told by kinds: keys, text, numbers, and what JSON has names for', () => {
    assert.deepEqual(
      prettyJson('{"k":["v",1,true,null]}')?.filter(({ kind }) => kind !== 'plain'),
      [
        { kind: 'name', text: '"k"' },
        { kind: 'string', text: '"v"' },
        { kind: 'number', text: '1' },
        { kind: 'literal', text: 'true' },
        { kind: 'literal', text: 'null' },
      ],
    );
  });

  it('is none for text, numbers and what only begins like JSON', () => {
    for (const text of [
      '',
      'text',
      '1',
      '"text"',
      'null',
      '{a:1}',
      '[1,2',
      '{} {}',
      '[object Object]',
    ])
      assert.equal(prettyJson(text), undefined, text);
  });

  it('never loses or adds a sign, whatever it is and however it is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
        fc.constantFrom(undefined, 1, '\t'),
        (value, space) => {
          const text = JSON.stringify(value, undefined, space);
          const result = laidOut(text) ?? '';
          assert.equal(essence(result), essence(text));
          assert.deepEqual(JSON.parse(result), JSON.parse(text));
        },
      ),
    );
  });

  it('of hostile depth takes no longer than its size allows', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    assert.equal(essence(laidOut(deep) ?? ''), deep);
    assert.equal(prettyJson(`[${'1,'.repeat(300_000)}1]`), undefined);
  });
});
