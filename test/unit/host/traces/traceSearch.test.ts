import assert from 'node:assert/strict';
import { microseconds } from '../../../../src/core/base/units.ts';
import {
  anyTrace,
  TraceSearch,
  type TraceFinder,
} from '../../../../src/host/traces/traceSearch.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** 200 traces of 1 ms to 200 ms in a source that lists cheaply. */
function cheapSource() {
  const traces = Array.from({ length: 200 }, (_, at) => ({ duration: (at + 1) * 1_000 }));
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
});
