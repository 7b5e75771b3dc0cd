import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { LongWork } from '../../../src/host/longWork.ts';

describe('long work', () => {
  const told: boolean[] = [];
  let work: LongWork;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    told.length = 0;
    work = new LongWork(400, (isLong) => told.push(isLong));
  });
  afterEach(() => mock.timers.reset());

  it('is told once, when it has taken its time, and when it is over', () => {
    work.follow(true);
    mock.timers.tick(399);
    assert.deepEqual(told, []);
    work.follow(true);
    mock.timers.tick(1);
    work.follow(true);
    assert.deepEqual(told, [true]);
    work.follow(false);
    assert.deepEqual(told, [true, false]);
  });

  it('that is over soon is not told at all', () => {
    work.follow(true);
    mock.timers.tick(100);
    work.follow(false);
    mock.timers.tick(1_000);
    assert.deepEqual(told, []);
  });
});
