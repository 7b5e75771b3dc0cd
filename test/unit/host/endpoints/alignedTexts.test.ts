import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCount, formatDuration } from '../../../../src/core/base/format.ts';
import { microseconds } from '../../../../src/core/base/units.ts';
import { alignedTexts } from '../../../../src/host/endpoints/alignedTexts.ts';

/** Advances of a proportional font whose digits are alike, as parts of its size; Segoe UI's. */
const advances: Readonly<Record<string, number>> = {
  '.': 0.217,
  ',': 0.217,
  ' ': 0.274,
  m: 0.861,
  s: 0.424,
  µ: 0.576,
  h: 0.566,
  d: 0.588,
  '\u2008': 0.217,
  '\u00a0': 0.274,
  '\u2002': 1 / 2,
  '\u2004': 1 / 3,
  '\u2005': 1 / 4,
  '\u2003': 1,
  '\u2006': 1 / 6,
  '\u2009': 1 / 5,
};
const advanceOf = (text: string) =>
  Array.from(text).reduce((sum, character) => sum + (advances[character] ?? 0.539), 0);

const pixels = 13;
const spread = (texts: readonly string[]) => {
  const ends = alignedTexts(texts).map(advanceOf);
  return (Math.max(...ends) - Math.min(...ends)) * pixels;
};

describe('texts before routes', () => {
  it('end at the same place, whatever their digits and unit', () => {
    assert.ok(spread(['9.01 ms', '32.6 ms', '326 ms', '1.24 s', '840 µs']) < 1);
    assert.equal(spread(['1,204', '7', '83']), 0);
  });

  it('are as they were behind spaces', () => {
    const texts = ['9.01 ms', '326 ms', '1.24 s'];
    for (const [at, text] of alignedTexts(texts).entries()) {
      assert.equal(text.trimStart(), texts[at]);
      assert.match(text, /^[\u00a0\u2002-\u2009]*\d/);
    }
    assert.deepEqual(alignedTexts([]), []);
  });

  it('differ by less than a pixel for all durations and counts', () => {
    const duration = fc
      .integer({ min: 1, max: 59_000_000 })
      .map((value) => formatDuration(microseconds(value)));
    fc.assert(fc.property(fc.array(duration, { minLength: 1 }), (texts) => spread(texts) < 1.5));
    const count = fc.nat().map(formatCount);
    fc.assert(fc.property(fc.array(count, { minLength: 1 }), (texts) => spread(texts) < 0.01));
  });
});
