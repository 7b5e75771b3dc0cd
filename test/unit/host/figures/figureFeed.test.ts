import assert from 'node:assert/strict';
import type { EngineSession } from '../../../../src/host/engine/engineSession.ts';
import { FigureFeed } from '../../../../src/host/figures/figureFeed.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** Of an engine that answers as `endpoints` does. */
function feedOf(endpoints: () => unknown): FigureFeed {
  const call = (method: string) =>
    Promise.resolve().then(() => (method === 'endpoints' ? endpoints() : {}));
  const engine = { call } as unknown as EngineSession;
  return new FigureFeed({ engine, windowMinutes: () => 60, log: silentLog });
}

describe('the figures of a source', () => {
  it('go at once when another one is asked, and one that fails never shows them', async () => {
    let isThere = true;
    const feed = feedOf(() => {
      if (!isThere) throw new Error('Nothing listens.');
      return { rows: ['former'] };
    });
    await feed.refresh();
    assert.deepEqual(feed.state.answer?.rows, ['former']);
    const seen: unknown[] = [];
    feed.onChange(({ answer }) => seen.push(answer));
    isThere = false;
    feed.forget();
    assert.deepEqual(seen, [undefined]);
    assert.equal(feed.state.readAt, undefined);
    await feed.refresh();
    assert.ok(feed.state.error instanceof Error);
    assert.deepEqual(new Set(seen), new Set([undefined]));
  });

  it('say whether the user asked for them', async () => {
    const feed = feedOf(() => ({ rows: [], overloaded: false, readMs: 1, restMs: 0 }));
    const isAsked = async (reading: Promise<void>) => {
      await reading;
      return feed.state.asked;
    };
    assert.equal(await isAsked(feed.refresh()), true);
    assert.equal(await isAsked(feed.readAgain()), false);
    await feed.refresh();
    assert.equal(await isAsked(feed.rejoin()), false);
    assert.equal(await isAsked(feed.rejoin(true)), true);
  });
});
