import assert from 'node:assert/strict';
import { formatCount, formatDuration, formatPercent } from '../../../../src/core/base/format.ts';
import { microseconds } from '../../../../src/core/base/units.ts';

describe('formatDuration', () => {
  const shown: readonly (readonly [number, string])[] = [
    [0, '0 µs'],
    [0.4, '0.4 µs'],
    [3, '3 µs'],
    [568.726, '568.7 µs'],
    [999.96, '1 ms'],
    [1_000, '1 ms'],
    [1_234, '1.23 ms'],
    [12_000, '12 ms'],
    [250_000, '250 ms'],
    [257_800, '257.8 ms'],
    [999_949, '999.9 ms'],
    [999_950, '1 s'],
    [2_450_000, '2.45 s'],
    [9_996_000, '10 s'],
    [12_345_678, '12.3 s'],
    [59_949_999, '59.9 s'],
    [59_960_000, '1 m 0 s'],
    [120_000_000, '2 m 0 s'],
    [119_600_000, '2 m 0 s'],
    [3_599_700_000, '1 h 0 m'],
    [3_720_000_000, '1 h 2 m'],
    [86_399_000_000, '1 d 0 h'],
    [273_600_000_000, '3 d 4 h'],
    [-12_500, '-12.5 ms'],
  ];
  for (const [length, text] of shown) {
    it(`shows ${length} µs as ${text}`, () => {
      assert.equal(formatDuration(microseconds(length)), text);
    });
  }
});

it('formatCount groups thousands', () => {
  assert.deepEqual([0, 999, 1_204, 1_234_567].map(formatCount), ['0', '999', '1,204', '1,234,567']);
});

it('formatPercent shows none and all only when it is none and all', () => {
  assert.deepEqual([0, 0.000_1, 0.004, 0.123_4, 0.999_9, 1].map(formatPercent), [
    '0 %',
    '<0.1 %',
    '0.4 %',
    '12.3 %',
    '>99.9 %',
    '100 %',
  ]);
});
