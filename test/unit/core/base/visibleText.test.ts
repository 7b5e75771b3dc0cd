import fc from 'fast-check';
import assert from 'node:assert/strict';
import {
  isBlank,
  shortened,
  visibleLines,
  visibleText,
  visibleJson,
} from '../../../../src/core/base/visibleText.ts';

const hidden = /\p{Cc}|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

describe('visibleText', () => {
  it('shows control characters, bidi overrides and zero-width characters', () => {
    assert.equal(visibleText('a\u0000b\tc\u007f'), 'a␀b␉c␡');
    assert.equal(visibleText('user\u202Etxt.exe\u2066'), 'user[U+202E]txt.exe[U+2066]');
    assert.equal(visibleText('pay\u200Bpal\uFEFF'), 'pay[U+200B]pal[U+FEFF]');
    assert.equal(visibleText('tag\u{E0041}'), 'tag[U+E0041]');
  });

  it('leaves other text alone: accents, emoji, Hebrew, Korean', () => {
    for (const text of ['café', '😀 ok', 'שלום', '주문 삭제', 'GET /orders/:id'])
      assert.equal(visibleText(text), text);
  });

  it('leaves nothing hidden in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(visibleText(text), hidden);
      }),
    );
    assert.equal(visibleText('\ud800x'), '[U+D800]x');
  });

  it('keeps lines and tabs where lines are shown', () => {
    assert.equal(visibleLines('a\r\nb\tc\u0007\u202E'), 'a\nb\tc␇[U+202E]');
  });
});

describe('isBlank', () => {
  it('is true of spaces and of letters that look like them alone', () => {
    for (const text of ['', '  ', '\u00a0\u3000', '\u3164', '\u2800\n']) assert.ok(isBlank(text));
    for (const text of ['a', ' a ', '\u200b', '주문', '-']) assert.equal(isBlank(text), false);
  });
});

describe('visibleJson', () => {
  it('is JSON of the same value, with nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = visibleJson(JSON.stringify(value, null, 2));
        assert.doesNotMatch(json.replaceAll('\n', ''), hidden);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      }),
    );
    assert.equal(visibleJson('"\u009b2J\u{e0041}"'), '"\\u009b2J\\udb40\\udc41"');
  });
});

describe('shortened', () => {
  it('never exceeds its limit and never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (text, limit) => {
          const short = shortened(text, limit);
          assert.ok(short.length <= limit);
          assert.ok(short.isWellFormed());
          if (text.length <= limit) assert.equal(short, text);
          else assert.ok(short.endsWith('…'));
        },
      ),
    );
  });
});
