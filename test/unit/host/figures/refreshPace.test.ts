import assert from 'node:assert/strict';
import { RefreshPace } from '../../../../src/host/figures/refreshPace.ts';

const minute = 60_000;
const overload = { readMs: 100, overloaded: true };
const quick = { readMs: 1_000, overloaded: false };

describe('the pace of reading figures', () => {
  it('is not slowed by a source that answers soon', () => {
    const pace = new RefreshPace();
    assert.ok(pace.isDue(0));
    assert.equal(pace.ended(quick, 0), 0);
    assert.ok(pace.isDue(0));
  });

  it('gives a slow source nine times as long as it took', () => {
    const pace = new RefreshPace();
    assert.equal(pace.ended({ readMs: 10_000, overloaded: false }, 5), 90_000);
    assert.ok(!pace.isDue(90_004));
    assert.ok(pace.isDue(90_005));
  });

  it('doubles with each overload in a row, up to a quarter of an hour, and starts anew after one that went well', () => {
    const pace = new RefreshPace();
    const pauses = Array.from({ length: 6 }, () => pace.ended(overload, 0) / minute);
    assert.deepEqual(pauses, [1, 2, 4, 8, 15, 15]);
    assert.equal(pace.ended(quick, 0), 0);
    assert.equal(pace.ended(overload, 0), minute);
  });

  it('knows nothing of another source', () => {
    const pace = new RefreshPace();
    pace.ended(overload, 0);
    pace.ended(overload, 0);
    pace.reset();
    assert.ok(pace.isDue(0));
    assert.equal(pace.ended(overload, 0), minute);
  });
});
