import assert from 'node:assert/strict';
import { RefreshPace } from '../../../../src/host/figures/refreshPace.ts';

const minute = 60_000;
const overload = { readMs: 100, overloaded: true, restMs: 0 };
const quick = { readMs: 1_000, overloaded: false, restMs: 0 };

describe('the pace of reading figures', () => {
  it('is not slowed by a source that answers soon', () => {
    const pace = new RefreshPace();
    assert.ok(pace.isDue(0));
    assert.equal(pace.ended(quick, 0), 0);
    assert.ok(pace.isDue(0));
  });

  it('gives a slow source nine times as long as it took', () => {
    const pace = new RefreshPace();
    assert.equal(pace.ended({ ...quick, readMs: 10_000 }, 5), 90_000);
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

  it('leaves a source alone for as long as it asks for, up to a quarter of an hour', () => {
    const pace = new RefreshPace();
    assert.equal(pace.ended({ ...quick, restMs: 40_000 }, 0), 40_000);
    assert.ok(!pace.isDue(39_999));
    assert.equal(pace.ended({ ...quick, restMs: 60 * minute }, 0), 15 * minute);
    assert.equal(pace.ended({ ...quick, restMs: 20_000 }, 0), 0);
    assert.ok(!pace.isDue(19_999));
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
