import assert from 'node:assert/strict';
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
