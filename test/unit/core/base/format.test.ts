import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatCount,
  formatDuration,
  formatExactDuration,
  formatPercent,
} from '../../../../src/core/base/format.ts';
import { microseconds } from '../../../../src/core/base/units.ts';

const micros: Readonly<Record<string, number>> = {
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
const minute = 60_000_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The number and unit of each part of a duration's text. */
function partsOf(text: string): readonly { readonly count: string; readonly unit: string }[] {
  const words = text.split(' ');
  assert.equal(words.length % 2, 0, text);
  return Array.from({ length: words.length / 2 }, (_, at) => ({
    count: words[2 * at] ?? '',
    unit: words[2 * at + 1] ?? '',
  }));
}

/** What the text of a duration says, in µs. */
const read = (text: string): number =>
  partsOf(text).reduce((sum, { count, unit }) => sum + Number(count) * (micros[unit] ?? NaN), 0);

/** From a nanosecond to a month, each power of ten as often as another. */
const lengths = fc
  .tuple(fc.double({ min: -3, max: 12.4, noNaN: true }), fc.boolean())
  .map(([power, whole]) => (whole ? Math.ceil(10 ** power) : 10 ** power));

describe('formatDuration', () => {
  const shown: readonly (readonly [number, string])[] = [
    [0, '0 µs'],
    [1e-9, '0 µs'],
    [0.4, '0.4 µs'],
    [0.4567, '0.457 µs'],
    [3, '3 µs'],
    [9.014, '9.01 µs'],
    [568.726, '569 µs'],
    [999.4, '999 µs'],
    [999.6, '1 ms'],
    [1_000, '1 ms'],
    [1_234, '1.23 ms'],
    [9_014, '9.01 ms'],
    [12_000, '12 ms'],
    [32_649, '32.6 ms'],
    [250_000, '250 ms'],
    [326_418, '326 ms'],
    [999_499, '999 ms'],
    [999_500, '1 s'],
    [1_240_000, '1.24 s'],
    [9_996_000, '10 s'],
    [12_345_678, '12.3 s'],
    [59_949_999, '59.9 s'],
    [59_960_000, '1 min'],
    [60_600_000, '1 min 1 s'],
    [119_600_000, '2 min'],
    [125_000_000, '2 min 5 s'],
    [3_599_400_000, '59 min 59 s'],
    [3_599_700_000, '1 h'],
    [3_720_000_000, '1 h 2 min'],
    [86_369_000_000, '23 h 59 min'],
    [86_399_000_000, '1 d'],
    [273_600_000_000, '3 d 4 h'],
    [-12_540, '-12.5 ms'],
    [-1e-9, '0 µs'],
    [NaN, '–'],
    [Infinity, '–'],
  ];
  for (const [length, text] of shown) {
    it(`shows ${length} µs as ${text}`, () => {
      assert.equal(formatDuration(microseconds(length)), text);
    });
  }

  it('has three significant figures at most below a minute, and is right to them', () => {
    fc.assert(
      fc.property(lengths, (length) => {
        fc.pre(length < minute);
        const text = formatDuration(microseconds(length));
        const figures = partsOf(text)[0]?.count.replace('.', '').replace(/^0+/, '') ?? '';
        assert.ok(figures.length <= 3, text);
        const step = Math.max(0.001, 10 ** (Math.floor(Math.log10(length)) - 2));
        assert.ok(Math.abs(read(text) - length) <= (step / 2) * (1 + 1e-9), text);
      }),
    );
  });

  it('is within a hundredth above a minute, above a day within half an hour, in two units at most', () => {
    fc.assert(
      fc.property(lengths, (length) => {
        fc.pre(length >= minute);
        const text = formatDuration(microseconds(length));
        assert.ok(partsOf(text).length <= 2, text);
        const off = Math.max(length / 100, length >= day ? hour / 2 : 0);
        assert.ok(Math.abs(read(text) - length) <= off, text);
      }),
    );
  });

  it('never shows a longer time as less than a shorter one, across all units', () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 1, max: 1.02, noNaN: true }), (length, more) => {
        const [short, long] = [length, length * more].map((each) =>
          formatDuration(microseconds(each)),
        );
        assert.ok(read(short ?? '') <= read(long ?? ''), `${short} and ${long}`);
      }),
    );
  });

  it('takes the next unit instead of 1000 of one or 60 of another', () => {
    const limits: Readonly<Record<string, number>> = {
      µs: 1_000,
      ms: 1_000,
      s: 60,
      min: 60,
      h: 24,
      d: Infinity,
    };
    const nearLimits = fc.constantFrom(1_000, 1e6, 6e7, 3.6e9, 8.64e10);
    const offsets = fc.double({ min: -0.01, max: 0.01, noNaN: true });
    fc.assert(
      fc.property(nearLimits, offsets, (limit, offset) => {
        const text = formatDuration(microseconds(limit * (1 + offset)));
        for (const { count, unit } of partsOf(text))
          assert.ok(Number(count) < (limits[unit] ?? 0), text);
      }),
    );
  });
});

describe('formatExactDuration', () => {
  const shown: readonly (readonly [number, string])[] = [
    [0, '0 µs'],
    [0.000_1, '0 µs'],
    [568.726, '568.726 µs'],
    [999.999_9, '1 ms'],
    [9_012, '9.012 ms'],
    [326_418, '326.418 ms'],
    [326_418.726, '326.419 ms'],
    [999_999.7, '1 s'],
    [1_240_003, '1.240003 s'],
    [120_000_000, '2 min'],
    [125_000_012, '2 min 5.000012 s'],
    [3_725_000_012, '1 h 2 min 5.000012 s'],
    [-12_541, '-12.541 ms'],
    [NaN, '–'],
  ];
  for (const [length, text] of shown) {
    it(`shows ${length} µs as ${text}`, () => {
      assert.equal(formatExactDuration(microseconds(length)), text);
    });
  }

  it('says every whole number of microseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (length) => {
        assert.equal(Math.round(read(formatExactDuration(microseconds(length)))), length);
      }),
    );
  });
});

it('formatCount groups thousands', () => {
  assert.deepEqual([0, 999, 1_204, 1_234_567, NaN].map(formatCount), [
    '0',
    '999',
    '1,204',
    '1,234,567',
    '–',
  ]);
});

it('formatPercent shows none and all only when it is none and all', () => {
  assert.deepEqual([0, 0.000_1, 0.004, 0.123_4, 0.999_6, 1, NaN].map(formatPercent), [
    '0%',
    '<0.1%',
    '0.4%',
    '12.3%',
    '>99.9%',
    '100%',
    '–',
  ]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true }), (share) => {
      const text = formatPercent(share);
      assert.notEqual(text, '0%');
      assert.equal(text === '100%', share === 1);
    }),
  );
});
