import assert from 'node:assert/strict';
import {
  epochMicroseconds,
  fromMinutes,
  fromSeconds,
  microseconds,
} from '../../../../src/core/base/units.ts';
import { formatAge, formatElapsed, formatWindow } from '../../../../src/core/base/timeText.ts';

describe('an age', () => {
  it('is its largest whole unit, rounded down', () => {
    const lengths = [59.9, 60, 28 * 60 + 58, 3_599, 3_600, 86_399, 86_400, 200_000];
    assert.deepEqual(
      lengths.map((seconds) => formatElapsed(fromSeconds(seconds))),
      ['59 s', '1 min', '28 min', '59 min', '1 h', '23 h', '1 d', '2 d'],
    );
    assert.equal(formatElapsed(microseconds(999_999)), '0 s');
  });

  it('is never negative when clocks differ', () => {
    assert.equal(formatAge(epochMicroseconds(5_000_000), epochMicroseconds(0)), '0 s');
    assert.equal(formatAge(epochMicroseconds(fromMinutes(60)), epochMicroseconds(0)), '0 s');
  });
});

describe('a time range', () => {
  it('is named in its largest whole unit', () => {
    assert.deepEqual([15, 60, 90, 360, 1440, 10080].map(formatWindow), [
      '15 min',
      '1 h',
      '90 min',
      '6 h',
      '24 h',
      '7 d',
    ]);
  });
});
