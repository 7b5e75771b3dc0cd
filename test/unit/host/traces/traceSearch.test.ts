import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { microseconds } from '../../../../src/core/base/units.ts';
import {
  anyTrace,
  TraceSearch,
  type TraceFinder,
} from '../../../../src/host/traces/traceSearch.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** Traces of 1 ms, 2 ms, …, as many as said, in a source that lists cheaply. */
function cheapSource(count = 200) {
  const traces = Array.from({ length: count }, (_, at) => ({ duration: (at + 1) * 1_000 }));
  const limits: number[] = [];
  const finder = {
    source: () => Promise.resolve({ capabilities: { listsCheaply: true } }),
    call: (_: string, { limit }: { limit: number }) => {
      limits.push(limit);
      return Promise.resolve({ traces: traces.slice(0, limit), complete: true, reason: '' });
    },
  };
  return { finder: finder as unknown as TraceFinder, limits };
}

describe('the search for traces of a duration', () => {
  it('lists them from what was found, in pages, without another search', async () => {
    const { finder, limits } = cheapSource();
    const search = new TraceSearch(finder, silentLog, {
      ...anyTrace,
      order: 'newest',
      windowMinutes: 60,
    });
    await search.search();
    const { found, traces, hasMore, isPart } = search.state;
    assert.deepEqual([found?.length, traces?.length, hasMore, isPart], [200, 50, true, false]);
    await search.change({
      traceDuration: { from: microseconds(10_000), to: microseconds(13_000) },
    });
    const durations = () => search.state.traces?.map(({ duration }) => duration);
    assert.deepEqual(durations(), [10_000, 11_000, 12_000]);
    assert.deepEqual([search.state.found?.length, search.state.hasMore], [200, false]);
    assert.equal(limits.length, 1);
    await search.change({ errorsOnly: true });
    assert.deepEqual(durations()?.length, 3, 'the range stays for another search');
    assert.deepEqual(limits, [500, 500]);
    await search.change(anyTrace);
    assert.equal(durations()?.length, 50);
  });

  it('asks the source for more than it found once all in the range are listed', async () => {
    const { finder, limits } = cheapSource(2_000);
    const search = new TraceSearch(finder, silentLog, {
      ...anyTrace,
      order: 'newest',
      windowMinutes: 60,
    });
    await search.search();
    await search.change({
      traceDuration: { from: microseconds(401_000), to: microseconds(601_000) },
    });
    const counts = () => [search.state.traces?.length, search.state.inRange, search.state.hasMore];
    assert.deepEqual(counts(), [50, 100, true]);
    await search.loadMore();
    assert.deepEqual(counts(), [100, 100, true]);
    assert.deepEqual(limits, [500], 'they were here');
    await search.loadMore();
    assert.deepEqual(counts(), [150, 150, true]);
    await search.loadMore();
    assert.deepEqual(counts(), [200, 200, true]);
    assert.deepEqual(limits, [500, 550, 600]);
    await search.change({ traceDuration: undefined });
    await search.search();
    assert.equal(limits.at(-1), 500);
  });
});

/** A source whose answers come when `answer` is called. */
function slowSource() {
  const asked: { limit: number; answer: (count: number) => void }[] = [];
  const finder = {
    source: () => Promise.resolve({ capabilities: {} }),
    call: (_: string, { limit }: { limit: number }) =>
      new Promise((resolve) => {
        const answer = (count: number) =>
          resolve({ traces: Array(count).fill({ duration: 1 }), complete: true, reason: '' });
        asked.push({ limit, answer });
      }),
  };
  const search = new TraceSearch(finder as unknown as TraceFinder, silentLog, {
    ...anyTrace,
    order: 'newest',
    windowMinutes: 60,
  });
  return { search, asked };
}
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('more traces', () => {
  it('are asked for once while they are on their way, and again where they did not come', async () => {
    const { search, asked } = slowSource();
    void search.search();
    await turns();
    asked[0]?.answer(50);
    await turns();
    void search.loadMore();
    void search.loadMore();
    await turns();
    void search.loadMore();
    await turns();
    assert.deepEqual(
      asked.map(({ limit }) => limit),
      [50, 100],
    );
    asked[1]?.answer(100);
    await turns();
    assert.equal(search.state.traces?.length, 100);
    void search.loadMore();
    await turns();
    search.cancel();
    void search.loadMore();
    await turns();
    assert.equal(asked.length, 4);
  });
});

describe('the search for traces of another source', () => {
  it('is made again where the first one was still under way, whatever often the source changes', async () => {
    const { search, asked } = slowSource();
    void search.search();
    await turns();
    void search.startOver(Promise.resolve());
    void search.startOver(Promise.resolve());
    await turns();
    asked.at(-1)?.answer(3);
    await turns();
    assert.deepEqual([asked.length, search.state.found?.length, search.state.busy], [2, 3, false]);
  });

  it('begins once that is open, and says nothing of the former one meanwhile', async () => {
    const { search, asked } = slowSource();
    void search.search();
    await turns();
    asked[0]?.answer(2);
    await turns();
    const opening = Promise.withResolvers<undefined>();
    void search.startOver(opening.promise);
    assert.deepEqual([search.state.found, search.state.traces], [undefined, undefined]);
    await turns();
    assert.equal(asked.length, 1);
    opening.resolve(undefined);
    await turns();
    assert.equal(asked.length, 2);
  });

  it('is not made where none was asked for', async () => {
    const { search, asked } = slowSource();
    await search.startOver(Promise.resolve());
    assert.equal(asked.length, 0);
  });
});

describe('a trace that is listed before its root has come', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 }));
  afterEach(() => mock.timers.reset());

  const trace = (traceId: string, rootOperation: string, spanCount: number, secondsAgo = 2) => ({
    traceId,
    rootOperation,
    spanCount,
    start: (Date.now() - secondsAgo * 1_000) * 1_000,
    duration: 1_000,
  });
  async function searched(first: readonly object[]) {
    const source = { traces: first, asks: 0, fails: false };
    const finder = {
      source: () => Promise.resolve({ capabilities: {} }),
      call: () => {
        source.asks += 1;
        if (source.fails) return Promise.reject(new Error('gone'));
        return Promise.resolve({ traces: source.traces, complete: true, reason: '' });
      },
    };
    const search = new TraceSearch(finder as unknown as TraceFinder, silentLog, {
      ...anyTrace,
      order: 'newest',
      windowMinutes: 60,
    });
    await search.search();
    const names = () => search.state.traces?.map(({ rootOperation }) => rootOperation);
    return { source, search, names };
  }
  async function pass(ms: number) {
    mock.timers.tick(ms);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  it('gets its name once that arrives, while rows stay where they are', async () => {
    const { source, search, names } = await searched([
      trace('a', 'SELECT', 1),
      trace('b', 'GET /b', 2),
    ]);
    source.traces = [trace('c', 'GET /c', 2), trace('b', 'GET /b', 2), trace('a', 'GET /a', 2)];
    for (let burst = 0; burst < 5; burst += 1) search.spansArrived();
    await pass(1_000);
    assert.deepEqual(names(), ['GET /a', 'GET /b']);
    assert.deepEqual([source.asks, search.state.outdated, search.state.busy], [2, true, false]);
    search.dispose();
  });

  it('alone makes no new traces, and where it can not be read there may be some', async () => {
    const { source, search, names } = await searched([trace('a', 'SELECT', 1)]);
    const states: boolean[] = [];
    search.onChange(({ outdated }) => states.push(outdated));
    source.traces = [trace('a', 'GET /a', 2)];
    search.spansArrived();
    await pass(1_000);
    assert.deepEqual([names(), states], [['GET /a'], [false]]);
    source.fails = true;
    search.spansArrived();
    await pass(1_000);
    assert.deepEqual(states, [false, true]);
    search.dispose();
  });

  it('is asked for again where spans arrive while it is asked for', async () => {
    const { source, search, names } = await searched([trace('a', 'SELECT', 1)]);
    search.spansArrived();
    mock.timers.tick(1_000);
    search.spansArrived();
    await pass(0);
    source.traces = [trace('a', 'GET /a', 2)];
    await pass(1_000);
    assert.deepEqual([names(), source.asks], [['GET /a'], 3]);
    search.dispose();
  });

  it('is asked for again where spans arrive while it is searched for', async () => {
    const { source, search, names } = await searched([trace('a', 'SELECT', 1)]);
    const again = search.search();
    search.spansArrived();
    await again;
    source.traces = [trace('a', 'GET /a', 2)];
    await pass(1_000);
    assert.deepEqual([names(), source.asks], [['GET /a'], 3]);
    search.dispose();
  });

  it('is not asked for once it is complete, or another search began', async () => {
    const { source, search } = await searched([trace('a', 'GET /a', 1, 3_600)]);
    search.spansArrived();
    await pass(10_000);
    assert.equal(source.asks, 1);
    source.traces = [trace('b', 'GET /b', 1)];
    await search.search();
    search.spansArrived();
    await search.search();
    await pass(10_000);
    assert.equal(source.asks, 3);
    search.dispose();
  });
});
