import assert from 'node:assert/strict';
import fc from 'fast-check';

import { parsePointInTime, pointInTimeText } from '../../../src/cli/pointInTime.ts';
import { epochFromMilliseconds } from '../../../src/core/base/units.ts';

const evening = Date.UTC(2026, 10, 29, 18, 3, 27) * 1_000;

describe('a point in time on the command line', () => {
  for (const [text, micros] of [
    ['1795975407000000', evening],
    ['0', 0],
    ['2026-11-29T18:03:27Z', evening],
    ['2026-11-29 18:03:27z', evening],
    ['2026-11-29T18:03:27.250001Z', evening + 250_001],
    ['2026-11-29T18:03:27.123456789Z', evening + 123_456.789],
    ['2026-11-29T19:03:27+01:00', evening],
    ['2026-11-29T12:33:27-0530', evening],
    ['2026-11-29T18:03Z', evening - 27_000_000],
  ] as const)
    it(`${text} is read to the microsecond`, () => {
      const read = parsePointInTime(text) ?? NaN;
      assert.ok(Math.abs(read - micros) < 0.3, String(read - micros));
    });

  it('is one of this machine where no zone is named', () => {
    const midnight = new Date(2026, 10, 29).getTime() * 1_000;
    assert.equal(parsePointInTime('2026-11-29'), midnight);
    assert.equal(parsePointInTime('2026-11-29T00:00'), midnight);
  });

  for (const text of [
    '',
    'yesterday',
    '2026-13-01T00:00:00Z',
    '2026-02-30',
    '2026-11-29T24:00:00Z',
    '2026-11-29T18:60:00Z',
    '2026-11',
    '-5',
    '1e15',
    '2026-11-29T18:03:27Zed',
  ])
    it(`"${text}" is none`, () => {
      assert.equal(parsePointInTime(text), undefined);
    });

  it('is read back as it is shown, to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (milliseconds) => {
        const time = epochFromMilliseconds(milliseconds);
        const read = parsePointInTime(pointInTimeText(time)) ?? NaN;
        // An hour that a zone repeats in autumn is shown the same twice.
        assert.equal(Math.abs(read - time) % 3_600_000_000, 0);
      }),
    );
  });
});
