import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { TraceShape } from '../../../../src/core/trace/trace.ts';
import { LiveTrace } from '../../../../src/host/waterfall/liveTrace.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** A trace of a source; `grows` says what the next reading finds. */
function live({ isTold }: { readonly isTold: boolean }) {
  const source = { reads: 0, grows: false, fails: false };
  const shown: string[] = [];
  const trace = new LiveTrace({
    read: () => {
      source.reads += 1;
      return source.fails ? Promise.reject(new Error('gone')) : Promise.resolve(source.grows);
    },
    isTold: () => isTold,
    show: (growth) => shown.push(growth),
    log: silentLog,
  });
  return { source, shown, trace };
}
/** A trace that ended so long ago. */
const ended = (secondsAgo: number) =>
  ({ start: (Date.now() - secondsAgo * 1_000) * 1_000, duration: 0 }) as TraceShape;
/** Lets so many seconds go by, and what is due in them happen. */
async function seconds(count: number) {
  for (let step = 0; step < count * 4; step += 1) {
    mock.timers.tick(250);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

describe('a trace on the screen', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 }));
  afterEach(() => mock.timers.reset());

  it('that ended long ago is not asked for again', async () => {
    const { source, shown, trace } = live({ isTold: false });
    trace.opened(ended(3_600), Date.now());
    await seconds(300);
    assert.deepEqual([source.reads, shown], [0, []]);
  });

  it('is asked for with growing pauses until it has not grown for a minute', async () => {
    const { source, shown, trace } = live({ isTold: false });
    trace.opened(ended(2), Date.now());
    source.grows = true;
    await seconds(10);
    const whileGrowing = source.reads;
    assert.ok(whileGrowing >= 8, String(whileGrowing));
    assert.deepEqual(shown, ['receiving']);
    source.grows = false;
    await seconds(70);
    assert.deepEqual(shown, ['receiving', 'stopped']);
    const whenQuiet = source.reads - whileGrowing;
    assert.ok(whenQuiet <= 14, String(whenQuiet));
    await seconds(300);
    assert.equal(source.reads, whileGrowing + whenQuiet, 'nobody asks any more');
    trace.follow();
    assert.deepEqual(shown.at(-1), 'receiving', 'unless the user does');
  });

  it('of a source that tells is read when spans arrive, and else not', async () => {
    const { source, shown, trace } = live({ isTold: true });
    trace.opened(ended(2), Date.now());
    await seconds(20);
    assert.equal(source.reads, 0);
    source.grows = true;
    for (let burst = 0; burst < 10; burst += 1) trace.spansArrived();
    await seconds(2);
    assert.equal(source.reads, 1, 'once for a burst');
    await seconds(50);
    assert.deepEqual(shown, ['receiving'], 'a minute from when it grew');
    await seconds(15);
    assert.deepEqual(shown, ['receiving', 'stopped']);
    trace.spansArrived();
    await seconds(5);
    assert.equal(source.reads, 1);
    trace.follow();
    await seconds(1);
    assert.equal(source.reads, 2, 'what arrived unseen');
  });

  it('is read once more for spans that arrived while it was being read', async () => {
    let reads = 0;
    const trace = new LiveTrace({
      read: async () => {
        reads += 1;
        await Promise.resolve();
        if (reads === 1) trace.spansArrived();
        return true;
      },
      isTold: () => true,
      show: () => undefined,
      log: silentLog,
    });
    trace.opened(ended(2), Date.now());
    trace.spansArrived();
    await seconds(5);
    assert.equal(reads, 2);
    trace.dispose();
  });

  it('is read once more for spans that arrived before its page had it', async () => {
    const { source, trace } = live({ isTold: true });
    trace.spansArrived();
    await seconds(5);
    const begunAt = Date.now();
    trace.opened(ended(2), begunAt);
    await seconds(5);
    assert.equal(source.reads, 0, 'they are in it');
    trace.stop();
    trace.spansArrived();
    await seconds(1);
    trace.opened(ended(2), begunAt);
    await seconds(5);
    assert.equal(source.reads, 1);
    trace.stop();
  });

  it('is asked for on after a failure, and no more once its page is hidden', async () => {
    const { source, shown, trace } = live({ isTold: false });
    trace.opened(ended(2), Date.now());
    source.fails = true;
    await seconds(5);
    assert.ok(source.reads > 1);
    trace.stop();
    const reads = source.reads;
    await seconds(60);
    assert.deepEqual([source.reads, shown], [reads, ['receiving']]);
  });
});
