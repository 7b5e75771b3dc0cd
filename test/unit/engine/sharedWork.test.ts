import assert from 'node:assert/strict';
import { SharedWork } from '../../../src/engine/sharedWork.ts';

/** Work whose end the test decides. */
function controlled() {
  const runs: { signal: AbortSignal; finish: (value: number) => void; fail: (e: Error) => void }[] =
    [];
  const work = new SharedWork<number>(
    (signal) =>
      new Promise((finish, fail) => {
        runs.push({ signal, finish, fail });
      }),
  );
  return { work, runs };
}

const nobody = () => new AbortController().signal;

describe('shared work', () => {
  it('runs once for all who ask while it is under way', async () => {
    const { work, runs } = controlled();
    const both = Promise.all([work.join(nobody()), work.join(nobody())]);
    runs[0]?.finish(7);
    assert.deepEqual(await both, [7, 7]);
    assert.equal(runs.length, 1);
  });

  it('runs again for who asks after it ended', async () => {
    const { work, runs } = controlled();
    const first = work.join(nobody());
    runs[0]?.finish(1);
    await first;
    const second = work.join(nobody());
    runs[1]?.finish(2);
    assert.equal(await second, 2);
  });

  it('goes on for the others when one caller aborts', async () => {
    const { work, runs } = controlled();
    const leaver = new AbortController();
    const left = work.join(leaver.signal);
    const stayed = work.join(nobody());
    leaver.abort();
    await assert.rejects(left, { name: 'AbortError' });
    assert.equal(runs[0]?.signal.aborted, false);
    runs[0].finish(3);
    assert.equal(await stayed, 3);
  });

  it('is aborted when the last caller leaves, and the next caller starts anew', async () => {
    const { work, runs } = controlled();
    const leaver = new AbortController();
    const left = work.join(leaver.signal);
    leaver.abort();
    await assert.rejects(left, { name: 'AbortError' });
    assert.equal(runs[0]?.signal.aborted, true);
    const next = work.join(nobody());
    assert.equal(runs.length, 2);
    runs[1]?.finish(4);
    assert.equal(await next, 4);
  });

  it('gives its failure to every caller and can be tried again', async () => {
    const { work, runs } = controlled();
    const both = Promise.allSettled([work.join(nobody()), work.join(nobody())]);
    runs[0]?.fail(new Error('no server'));
    assert.deepEqual(
      (await both).map((settled) => settled.status),
      ['rejected', 'rejected'],
    );
    const again = work.join(nobody());
    runs[1]?.finish(5);
    assert.equal(await again, 5);
  });
});
