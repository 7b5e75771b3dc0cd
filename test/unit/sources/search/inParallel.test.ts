import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { isAbort } from '../../../../src/core/base/sourceError.ts';
import { inParallel } from '../../../../src/sources/search/inParallel.ts';

const never = new AbortController().signal;

describe('inParallel', () => {
  it('answers in the order of the items, with at most that many at once', async () => {
    let [running, most] = [0, 0];
    const results = await inParallel([5, 1, 4, 2, 3], 2, never, async (item) => {
      most = Math.max(most, (running += 1));
      await wait(item);
      running -= 1;
      return item * 10;
    });
    assert.deepEqual(results, [50, 10, 40, 20, 30]);
    assert.equal(most, 2);
  });

  it('the first failure is the answer, the others are aborted and none runs on', async () => {
    const started: number[] = [];
    let ended = 0;
    const work = async (item: number, signal: AbortSignal) => {
      started.push(item);
      try {
        if (item === 1) throw new Error('one failed');
        await wait(10_000, undefined, { signal });
      } finally {
        ended += 1;
      }
    };
    await assert.rejects(inParallel([0, 1, 2, 3, 4], 2, never, work), /one failed/);
    assert.deepEqual([started, ended], [[0, 1], 2]);
  });

  it('an abort from outside is an AbortError', async () => {
    const stop = new AbortController();
    const running = inParallel([1, 2], 1, stop.signal, (_, signal) =>
      wait(10_000, undefined, { signal }),
    );
    stop.abort();
    await assert.rejects(running, isAbort);
  });

  it('nothing to do is done', async () => {
    assert.deepEqual(await inParallel([], 4, never, () => Promise.resolve(1)), []);
  });
});
