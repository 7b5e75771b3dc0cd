import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  epochFromMilliseconds,
  epochMicroseconds,
  fromMilliseconds,
  microseconds,
} from '../../../../src/core/base/units.ts';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import type { TraceQuery } from '../../../../src/core/ports.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { mergeDurations } from '../../../../src/core/correlate/durations/mergeDurations.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import type { Database } from '../../../../src/sources/local/database/database.ts';
import { SpanWriter } from '../../../../src/sources/local/ingest/spanWriter.ts';
import { readTrace } from '../../../../src/sources/local/read/traces.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { readOtlpJson } from '../../../../src/sources/otlp/json.ts';
import { arbitraryTraces, toJson } from '../otlp/wireTraces.ts';
import { httpKey, routeKey } from '../../../support/operationKeys.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const noon = epochFromMilliseconds(Date.UTC(2026, 10, 22, 12));
const day = {
  start: epochMicroseconds(noon - 12 * 3.6e9),
  end: epochMicroseconds(noon + 12 * 3.6e9),
};
const anything: TraceQuery = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: day,
  limit: 20,
};

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
/** A server span; `fields` says what is special about it. */
function span(trace: number, id: number, fields: Partial<RawSpan> = {}): RawSpan {
  return {
    traceId: hex(trace, 32),
    spanId: hex(id, 16),
    parentSpanId: undefined,
    name: 'GET /api/orders',
    kind: 'server',
    start: noon,
    duration: fromMilliseconds(250),
    status: 'unset',
    statusMessage: '',
    scope: 'http',
    resource: { service: 'shop-api', attributes: [{ key: 'host.name', value: 'h' }] },
    attributes: [
      { key: 'http.request.method', value: 'GET' },
      { key: 'http.route', value: '/api/orders' },
    ],
    events: [],
    links: [],
    warnings: [],
    ...fields,
  };
}

describe('the local store', () => {
  let folder: string;
  let path: string;
  let database: Database;
  let writer: SpanWriter;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-store-'));
    path = join(folder, 'traces.db');
    database = openForWriting(path);
    writer = new SpanWriter(database);
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const source = () => openLocalSource({ databasePath: path, log: silentLog });
  const figures = async () => (await source().figures(day, signal)).operations;

  it('gives back every span as it was received, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTraces, async (traces) => {
        const { spans } = readOtlpJson(toJson(traces));
        database.exec('DELETE FROM traces; DELETE FROM chunks; DELETE FROM trace_index;');
        writer.write(spans, noon);
        const first = spans[0];
        if (first === undefined) return;
        const { spans: stored } = await source().trace(first.traceId, signal);
        const sent = spans.filter(({ traceId }) => traceId === first.traceId);
        const firstOfEach = new Map(sent.toReversed().map((one) => [one.spanId, one]));
        for (const one of stored) {
          const expected = firstOfEach.get(one.spanId);
          if (expected) assert.deepEqual(one, expected);
        }
        for (const id of firstOfEach.keys()) assert.ok(stored.some((one) => one.spanId === id));
      }),
      { numRuns: 50 },
    );
  });

  it('counts a span once, however often it is delivered', async () => {
    const batch = [
      span(1, 1),
      span(1, 2, { kind: 'client', parentSpanId: hex(1, 16) }),
      span(2, 3),
    ];
    assert.equal(writer.write([...batch, ...batch], noon), 3);
    assert.equal(writer.write(batch, noon), 0);
    assert.equal(new SpanWriter(database).write([...batch, span(1, 4)], noon), 1);
    assert.equal((await source().trace(hex(1, 32), signal)).spans.length, 3);
    assert.deepEqual(
      (await figures()).map(({ durations }) => durations.count),
      [3],
    );
    const { traces } = await source().search(anything, signal);
    assert.deepEqual(traces.map(({ spanCount }) => spanCount).sort(), [1, 3]);
  });

  it('tells figures exactly: count, errors, one duration as it was, the slowest trace', async () => {
    writer.write([span(1, 1, { duration: fromMilliseconds(257.8) })], noon);
    const [alone] = await figures();
    assert.equal(alone && mergeDurations([alone.durations]).p50, 257_800);
    writer.write([span(2, 2, { duration: fromMilliseconds(2_450), status: 'error' })], noon);
    const [both] = await figures();
    assert.deepEqual(both?.key, routeKey('shop-api', 'GET', '/api/orders'));
    assert.deepEqual(
      [
        both.durations.count,
        both.errors?.count,
        both.durations.max,
        both.durations.total,
        both.slowestTraceId,
      ],
      [2, 1, 2_450_000, 2_707_800, hex(2, 32)],
    );
  });

  it('keeps figures of other minutes out of a window', async () => {
    writer.write([span(1, 1), span(2, 2, { start: epochMicroseconds(noon - 600e6) })], noon);
    const window = { start: epochMicroseconds(noon - 300e6), end: epochMicroseconds(noon + 60e6) };
    const answer = await source().figures(window, signal);
    assert.deepEqual(
      answer.operations.map(({ durations }) => durations.count),
      [1],
    );
    assert.deepEqual([answer.basis, answer.complete], ['complete', true]);
  });

  it('goes on counting after another process wrote to the same minute', async () => {
    writer.write([span(1, 1)], noon);
    const other = openForWriting(path);
    new SpanWriter(other).write([span(2, 2)], noon);
    other.close();
    writer.write([span(3, 3)], noon);
    assert.deepEqual(
      (await figures()).map(({ durations }) => durations.count),
      [3],
    );
  });

  it('finds traces by service, operation, duration, errors and time, newest or slowest first', async () => {
    const later = (ms: number) => epochMicroseconds(noon + ms * 1_000);
    writer.write(
      [
        span(1, 1, { duration: fromMilliseconds(900) }),
        span(2, 2, { start: later(1), status: 'error' }),
        span(3, 3, {
          start: later(2),
          name: 'DELETE /api/orders/:id',
          duration: fromMilliseconds(2_000),
        }),
        span(3, 4, {
          start: later(2),
          parentSpanId: hex(3, 16),
          kind: 'client',
          name: 'POST',
          duration: fromMilliseconds(5),
          resource: { service: 'pricing-api', attributes: [] },
        }),
        span(4, 5, { start: epochMicroseconds(noon - 13 * 3.6e9) }),
      ],
      noon,
    );
    const find = async (query: Partial<TraceQuery>) =>
      (await source().search({ ...anything, ...query }, signal)).traces.map(({ traceId }) =>
        Number(traceId),
      );
    assert.deepEqual(await find({}), [3, 2, 1]);
    assert.deepEqual(await find({ order: 'slowest' }), [3, 1, 2]);
    assert.deepEqual(await find({ limit: 1 }), [3]);
    assert.deepEqual(await find({ service: 'pricing-api' }), [3]);
    assert.deepEqual(await find({ service: 'pricing-api', minDuration: microseconds(5_001) }), []);
    assert.deepEqual(await find({ operation: 'GET /api/orders' }), [2, 1]);
    assert.deepEqual(await find({ errorsOnly: true }), [2]);
    assert.deepEqual(await find({ errorsOnly: true, minDuration: fromMilliseconds(251) }), []);
    assert.deepEqual(await find({ minDuration: fromMilliseconds(900) }), [3, 1]);
    assert.deepEqual(await find({ service: 'none' }), []);
  });

  it('names the traces of a row of figures, slowest first, with its own duration', async () => {
    const key = httpKey({ service: 'shop-api', method: 'GET', route: '/api/orders' });
    writer.write(
      [span(1, 1), span(2, 2, { duration: fromMilliseconds(900) }), span(3, 3, { attributes: [] })],
      noon,
    );
    const { traces } = await source().search(
      { ...anything, operations: [key], order: 'slowest' },
      signal,
    );
    assert.deepEqual(
      traces.map(({ traceId, matched }) => [Number(traceId), matched]),
      [
        [2, 900_000],
        [1, 250_000],
      ],
    );
    assert.deepEqual((await source().search({ ...anything, operations: [] }, signal)).traces, []);
  });

  it('sums a trace up the same in whatever order its services deliver', async () => {
    const root = span(1, 1, {
      name: 'root',
      start: epochMicroseconds(noon + 100),
      duration: microseconds(1_000),
    });
    const child = span(1, 2, {
      name: 'child',
      parentSpanId: hex(1, 16),
      status: 'error',
      duration: microseconds(50),
      resource: { service: 'pricing-api', attributes: [] },
    });
    const seen = [];
    for (const batches of [[[root, child]], [[root], [child]], [[child], [root]]]) {
      database.exec('DELETE FROM traces; DELETE FROM chunks; DELETE FROM trace_index;');
      for (const batch of batches) writer.write(batch, noon);
      seen.push((await source().search(anything, signal)).traces);
    }
    assert.deepEqual(seen[0], [
      {
        traceId: hex(1, 32),
        rootService: 'shop-api',
        rootOperation: 'root',
        start: noon,
        duration: 1_100,
        spanCount: 2,
        errorCount: 1,
        services: ['pricing-api', 'shop-api'],
        matched: undefined,
      },
    ]);
    assert.deepEqual([seen[1], seen[2]], [seen[0], seen[0]]);
  });

  it('lists services and operations, sorted', async () => {
    writer.write(
      [
        span(1, 1),
        span(1, 2, { name: 'A', kind: 'internal' }),
        span(1, 3, { resource: { service: 'a', attributes: [] } }),
      ],
      noon,
    );
    assert.deepEqual(await source().services(signal), ['a', 'shop-api']);
    assert.deepEqual(await source().operations('shop-api', signal), [
      { name: 'A', kind: 'internal' },
      { name: 'GET /api/orders', kind: 'server' },
    ]);
  });

  it('samples whole traces', async () => {
    writer.write([span(1, 1), span(1, 2, { name: 'other' }), span(2, 3)], noon);
    const { traces } = await source().sample({ ...anything, operation: 'other' }, signal);
    assert.deepEqual(
      traces.map((spans) => spans.map(({ spanId }) => Number(spanId))),
      [[1, 2]],
    );
  });

  it('keeps hostile names and times: NUL, half a character, a megabyte, 1970, the end of 64 bits', async () => {
    const names = [
      'a\0b',
      'a\0c',
      '\ud800',
      '\udfff',
      "'); DROP TABLE traces; --",
      'x'.repeat(1_000_000),
    ];
    const hostile = names.map((name, index) =>
      span(index + 1, index + 1, {
        name,
        resource: { service: name, attributes: [] },
        start: epochMicroseconds(index % 2 === 0 ? 0.001 : 2 ** 64 / 1_000),
        duration: microseconds(index % 2 === 0 ? 0 : 2 ** 64 / 1_000),
      }),
    );
    assert.equal(writer.write(hostile, noon), names.length);
    assert.equal(writer.write(hostile, noon), 0);
    for (const [index, name] of names.entries()) {
      const [stored] = (await source().trace(hex(index + 1, 32), signal)).spans;
      assert.ok(stored?.name === name && stored.resource.service === wellFormed(name), `${index}`);
    }
    const always = { start: epochMicroseconds(0), end: epochMicroseconds(1e17) };
    const { operations } = await source().figures(always, signal);
    assert.equal(
      operations.reduce((sum, { durations }) => sum + durations.count, 0),
      names.length,
    );
    const { traces } = await source().search(
      { ...anything, window: always, service: 'a\0b' },
      signal,
    );
    assert.deepEqual(
      traces.map(({ rootOperation }) => rootOperation),
      ['a\0b'],
    );
  });

  it('keeps apart what names with a NUL would run together', async () => {
    const named = (trace: number, service: string, name: string) =>
      span(trace, trace, { name, attributes: [], resource: { service, attributes: [] } });
    writer.write([named(1, 'a', 'b\0c'), named(2, 'a\0b', 'c')], noon);
    const { operations } = await source().figures(day, signal);
    assert.deepEqual(
      operations.map(({ key, durations }) => [key.service, key.name, durations.count]).sort(),
      [
        ['a\0b', 'c', 1],
        ['a', 'b\0c', 1],
      ],
    );
  });

  it('cuts a trace that is more than an answer holds, and says so', () => {
    for (let batch = 0; batch < 4; batch++)
      writer.write([span(1, batch + 1, { statusMessage: 'x'.repeat(1_000_000) })], noon);
    const cut = readTrace(database, hex(1, 32), 2_500_000);
    assert.deepEqual([cut?.spans.length, cut?.complete], [2, false]);
    assert.match(cut?.reason ?? '', /first 2 MB/);
    assert.equal(readTrace(database, hex(1, 32))?.spans.length, 4);
  });

  it('has no trace it was never sent, and refuses what is no id', async () => {
    const code = async (id: string) => {
      try {
        await source().trace(id, signal);
        return 'none';
      } catch (error) {
        return isSourceError(error) ? error.code : String(error);
      }
    };
    assert.equal(await code(hex(9, 32)), 'notFound');
    assert.equal(await code("' OR 1=1"), 'rejected');
  });

  it('keeps nothing of a delivery that fails half-way', async () => {
    database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON figures BEGIN SELECT raise(ABORT, 'full'); END",
    );
    assert.throws(() => writer.write([span(1, 1)], noon), /full/);
    assert.deepEqual((await source().search(anything, signal)).traces, []);
    database.exec('DROP TRIGGER full');
    writer.write([span(1, 1)], noon);
    assert.deepEqual(
      (await figures()).map(({ durations }) => durations.count),
      [1],
    );
  });
});

describe('a local store that is not there', () => {
  it('answers as an empty one, and is read once it appears', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanhop-store-'));
    const path = join(folder, 'traces.db');
    const source = openLocalSource({ databasePath: path, log: silentLog });
    assert.deepEqual(await source.services(signal), []);
    assert.deepEqual((await source.search(anything, signal)).traces, []);
    assert.deepEqual((await source.figures(day, signal)).operations, []);
    const database = openForWriting(path);
    new SpanWriter(database).write([span(1, 1)], noon);
    assert.deepEqual(await source.services(signal), ['shop-api']);
    source.dispose();
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('stops when asked to before it reads', async () => {
    const aborted = AbortSignal.abort();
    const source = openLocalSource({ databasePath: '/nowhere/traces.db', log: silentLog });
    await assert.rejects(source.services(aborted), { name: 'AbortError' });
  });
});

/** Half a character can't be written as UTF-8. */
const wellFormed = (text: string) => text.toWellFormed();
