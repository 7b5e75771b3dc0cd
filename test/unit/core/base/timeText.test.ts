import assert from 'node:assert/strict';
import {
  epochMicroseconds,
  fromMinutes,
  fromSeconds,
  microseconds,
} from '../../../../src/core/base/units.ts';
import {
  formatAge,
  formatElapsed,
  formatLastWindow,
  formatWindow,
} from '../../../../src/core/base/timeText.ts';
import { inKorean } from '../../../support/korean.ts';

describe('an age', () => {
  it('is its largest whole unit, rounded down', () => {
    const lengths = [59.9, 60, 28 * 60 + 58, 3_599, 3_600, 86_399, 86_400, 200_000];
    assert.deepEqual(
      lengths.map((seconds) => formatElapsed(fromSeconds(seconds))),
      ['59 s', '1 min', '28 min', '59 min', '1 h', '23 h', '1 d', '2 d'],
    );
    assert.equal(formatElapsed(microseconds(999_999)), '1 s');
  });

  it('is a second at least, also when clocks differ', () => {
    assert.equal(formatAge(epochMicroseconds(5_000_000), epochMicroseconds(0)), '1 s');
    assert.equal(formatAge(epochMicroseconds(fromMinutes(60)), epochMicroseconds(0)), '1 s');
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

  it('is a choice or heading in words', () => {
    assert.deepEqual([15, 60, 90, 360, 1440, 10080].map(formatLastWindow), [
      'Last 15 minutes',
      'Last hour',
      'Last 90 minutes',
      'Last 6 hours',
      'Last 24 hours',
      'Last 7 days',
    ]);
  });

  describe('in Korean', () => {
    inKorean();

    it('reads as Korean', () => {
      assert.deepEqual([15, 60, 360, 10080].map(formatLastWindow), [
        '최근 15분',
        '최근 1시간',
        '최근 6시간',
        '최근 7일',
      ]);
      assert.deepEqual([15, 60, 10080].map(formatWindow), ['15분', '1시간', '7일']);
    });
  });
});
