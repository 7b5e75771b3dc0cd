import assert from 'node:assert/strict';
import fc from 'fast-check';

import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { SourceError } from '../../../../../src/core/base/sourceError.ts';
import type { TraceQuery } from '../../../../../src/core/ports.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { findTraces } from '../../../../../src/sources/cassandra/search/findTraces.ts';
import {
  usualLimits,
  type SearchLimits,
} from '../../../../../src/sources/cassandra/search/limits.ts';
import { MemoryTables } from '../../../../support/cql/memoryTables.ts';
import {
  attribute,
  queriesOf,
  ranksOf,
  spansOf,
  truthOf,
} from '../../../../support/cql/searchTruth.ts';
import { makeSpan } from '../../../../support/span.ts';

/** Half past an hour: where one bucket of durations ends and the next begins. */
const middle = Date.UTC(2026, 10, 29, 12, 30) * 1_000;
const minute = 60_000_000;
const now = epochMicroseconds(middle + 300 * minute);
const scene = { middle, api: 'api', shop: 'shop', prefix: '' };
const never = new AbortController().signal;

const everything: TraceQuery = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: { start: epochMicroseconds(middle - 300 * minute), end: now },
  limit: 1_000,
};

const id = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const find = (tables: MemoryTables, query: Partial<TraceQuery>, limits?: Partial<SearchLimits>) =>
  findTraces(
    tables,
    {
      query: { ...everything, ...query },
      now,
      keepSpans: false,
      isLate: () => false,
      limits: { ...usualLimits, ...limits },
    },
    never,
  );

function tablesOf(spans: readonly RawSpan[]): MemoryTables {
  const tables = new MemoryTables();
  for (const span of spans) tables.write(span);
  return tables;
}

/** Small, so that slices are cut, rows left over and indexes read in part. */
const limits = fc.record({
  rows: fc.constantFrom(1, 3, 10, 5_000),
  tagRows: fc.constantFrom(1, 5, 20_000),
  fewTraces: fc.constantFrom(0, 2, 100),
});

describe('a search in Cassandra', function () {
  this.timeout(120_000);

  const holds = (queries: fc.Arbitrary<TraceQuery>, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(spansOf(scene, 80), queries, limits, async (spans, query, small) => {
        const { traces, complete, reason } = await find(tablesOf(spans), query, small);
        assert.deepEqual([complete, reason], [true, '']);
        const truth = truthOf(spans, query);
        const ids = traces.map(({ summary }) => summary.traceId);
        assert.deepEqual(
          ids.map((traceId) => truth.get(traceId)),
          ranksOf(truth, query),
        );
        assert.equal(new Set(ids).size, ids.length);
      }),
      { numRuns },
    );

  it('finds every trace with a span that meets all, the newest or slowest first, and no other', () =>
    holds(queriesOf(scene), 150));

  it('finds the slowest with tags, of which there may be more than are read at once', () =>
    holds(
      fc
        .tuple(
          fc.constantFrom(attribute('tier', 'gold'), attribute('code', '500')),
          fc.constantFrom(2, 1_000),
        )
        .map(([one, limit]) => ({
          ...everything,
          service: scene.api,
          attributes: [one],
          order: 'slowest',
          limit,
        })),
      100,
    ));

  const many = (count: number, more: (n: number) => Partial<Parameters<typeof makeSpan>[0]>) =>
    Array.from({ length: count }, (_, n) =>
      makeSpan({
        id: id(n + 1, 16),
        traceId: id(n + 1, 32),
        service: 'api',
        start: middle + n,
        ...more(n),
      }),
    );

  it('reads about as many traces as it answers, of however many there are', async () => {
    const tables = tablesOf(
      many(5_000, (n) => ({ duration: n % 97, name: `GET /${String(n % 3)}` })),
    );
    for (const query of [
      { service: 'api' },
      { service: 'api', operation: 'GET /1' },
      { service: 'api', order: 'slowest' as const },
      { service: 'api', minDuration: microseconds(90) },
    ]) {
      let reads = 0;
      tables.onSelect = (text) => (reads += text.includes('FROM traces') ? 1 : 0);
      const { traces } = await find(tables, { ...query, limit: 20 });
      assert.equal(traces.length, 20);
      assert.ok(reads <= 24, `${JSON.stringify(query)}: ${String(reads)}`);
    }
  });

  it('asks nothing of the time from which nothing is kept', async () => {
    const tables = tablesOf(many(3, () => ({})));
    const start = epochMicroseconds(now - 7 * 24 * 60 * minute);
    const asked: string[] = [];
    tables.onSelect = (text) => asked.push(text);
    await find(tables, {
      service: 'api',
      window: { start, end: epochMicroseconds(start + minute) },
    });
    assert.equal(asked.length, 0);
    const { traces } = await find(tables, {
      service: 'api',
      minDuration: microseconds(0),
      maxDuration: microseconds(5),
      window: { start, end: now },
    });
    assert.equal(traces.length, 3);
    const hours = asked.filter((text) => text.includes('FROM duration_index')).length;
    assert.ok(hours <= 49, String(hours));
  });

  it('answers by the lossy index, and says so, where the hour is too large to be searched', async () => {
    const tables = tablesOf(many(50, () => ({ kind: 'unspecified' })));
    tables.onSelect = (text) => {
      if (text.includes('ALLOW FILTERING')) throw new SourceError('timedOut', 'late');
    };
    const { traces, complete, reason } = await find(tables, { service: 'api', limit: 5 });
    assert.deepEqual(
      traces.map(({ summary }) => summary.traceId),
      [50, 49, 48, 47, 46].map((n) => id(n, 32)),
    );
    assert.equal(complete, false);
    assert.match(reason, /same microsecond/);
  });

  it('reads a part of a service by its kinds, and its hours only where kinds are not indexed', async () => {
    const spans = many(50, (n) => ({ kind: n % 2 === 0 ? 'server' : 'client' }));
    for (const isIndexed of [true, false]) {
      const tables = new MemoryTables();
      tables.leavesOut = (key) => key === 'span.kind' && !isIndexed;
      for (const span of spans) tables.write(span);
      let hours = 0;
      tables.onSelect = (text) => (hours += text.includes('FROM duration_index') ? 1 : 0);
      const { traces, complete } = await find(tables, { service: 'api', limit: 5 });
      assert.deepEqual([traces.length, complete], [5, true]);
      assert.equal(hours > 0, !isIndexed);
    }
  });

  it('says when Jaeger was told not to index what is asked for', async () => {
    const tables = new MemoryTables();
    tables.leavesOut = (key) => key === 'secret';
    for (const span of many(5, () => ({ attributes: { secret: 'x', open: 'y' } })))
      tables.write(span);
    const ask = (key: string, value: string) =>
      find(tables, { service: 'api', attributes: [attribute(key, value)] });
    assert.match((await ask('secret', 'x')).reason, /index secret here/);
    assert.equal((await ask('open', 'z')).complete, true);
    assert.equal((await ask('never.seen', 'z')).complete, true);
  });

  it('says why it ends early: time, or values that no index has', async () => {
    const spans = many(30, (n) => ({ attributes: { long: n === 0 ? 'x'.repeat(300) : 'short' } }));
    const long = [attribute('long', 'x'.repeat(300))];
    const few = await find(tablesOf(spans), { service: 'api', attributes: long }, { traces: 10 });
    assert.equal(few.complete, false);
    assert.match(few.reason, /doesn't index this value of long/);
    const all = await find(tablesOf(spans), { service: 'api', attributes: long });
    assert.deepEqual([all.traces.length, all.complete], [1, true]);
    const late = await findTraces(
      tablesOf(spans),
      { query: { ...everything, service: 'api' }, now, keepSpans: false, isLate: () => true },
      never,
    );
    assert.match(late.reason, /Cassandra responds slowly/);
  });

  it('ends when it is aborted', async () => {
    const stop = new AbortController();
    const tables = tablesOf(many(200, () => ({})));
    tables.onSelect = (text) => {
      if (text.includes('FROM traces')) stop.abort();
    };
    const search = { query: everything, now, keepSpans: false, isLate: () => false };
    await assert.rejects(findTraces(tables, search, stop.signal), { name: 'AbortError' });
  });
});
