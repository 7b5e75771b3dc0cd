import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barShare } from '../../../../src/host/endpoints/barScale.ts';

describe('barShare', () => {
  it('is a third less for each ten times less, and nothing of nothing', () => {
    assert.equal(barShare(2_450, 2_450), 1);
    assert.ok(Math.abs(barShare(245, 2_450) - 2 / 3) < 1e-9);
    assert.ok(Math.abs(barShare(24.5, 2_450) - 1 / 3) < 1e-9);
    assert.equal(barShare(0.001, 2_450), 0);
    assert.equal(barShare(0, 2_450), 0);
    assert.equal(barShare(0, 0), 0);
  });

  it('grows with the value and stays within the bar', () => {
    const value = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [low = 0, middle = 0, most = 0] = [a, b, c].toSorted((x, y) => x - y);
        const [shorter, longer] = [barShare(low, most), barShare(middle, most)];
        assert.ok(0 <= shorter && shorter <= longer && longer <= 1);
      }),
    );
  });
});
