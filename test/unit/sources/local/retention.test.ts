import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { epochFromMilliseconds, epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { mergeDurations } from '../../../../src/core/correlate/durations/mergeDurations.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import type { Database } from '../../../../src/sources/local/database/database.ts';
import { keepWithin, usedBytes } from '../../../../src/sources/local/ingest/retention.ts';
import { SpanWriter } from '../../../../src/sources/local/ingest/spanWriter.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { makeSpan } from '../../../support/span.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const hour = 3.6e9;
const noon = epochFromMilliseconds(Date.UTC(2026, 10, 22, 12));
const after = (micros: number) => epochMicroseconds(noon + micros);
const always = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
const noRest = () => Promise.resolve();
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

function request(trace: number, start: number, name = 'GET /orders'): RawSpan {
  const spanId = hex(trace, 16);
  return makeSpan({
    id: spanId,
    traceId: hex(trace, 32),
    name,
    kind: 'server',
    start,
    duration: trace,
    attributes: { text: Math.sin(trace).toString().repeat(20) },
  });
}

describe('keeping the local store within its limits', () => {
  let folder: string;
  let database: Database;
  let writer: SpanWriter;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-retention-'));
    database = openForWriting(join(folder, 'traces.db'));
    writer = new SpanWriter(database);
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const source = () => openLocalSource({ databasePath: join(folder, 'traces.db'), log: silentLog });
  const sweep = (now: number, maxBytes = 1e9, maxAgeHours = 24) =>
    keepWithin(database, writer, { maxBytes, maxAgeHours }, epochMicroseconds(now), noRest);
  async function traceNumbers(): Promise<readonly number[]> {
    const query = {
      service: undefined,
      operation: undefined,
      minDuration: undefined,
      errorsOnly: false,
    };
    const { traces } = await source().search({ ...query, window: always, limit: 5_000 }, signal);
    return traces.map(({ traceId }) => Number.parseInt(traceId, 16)).sort((a, b) => a - b);
  }
  const rowsOf = (table: string) =>
    Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows']);

  it('deletes what arrived too long ago, whenever it started, with its names', async () => {
    writer.write([request(1, noon, 'old')], noon);
    writer.write([request(2, noon - 30 * hour)], after(20 * hour));
    await sweep(noon + 25 * hour);
    assert.deepEqual(await traceNumbers(), [2]);
    assert.deepEqual(await source().operations('shop-api', signal), [
      { name: 'GET /orders', kind: 'server' },
    ]);
    const { operations } = await source().figures(always, signal);
    assert.deepEqual(
      operations.map(({ key }) => key.name),
      ['GET /orders'],
    );
    await sweep(noon + 60 * hour);
    for (const table of ['traces', 'chunks', 'trace_index', 'figures', 'entries', 'resources'])
      assert.equal(rowsOf(table), 0, table);
  });

  it('deletes the oldest traces when it is too big, gives pages back, and keeps their figures', async () => {
    for (let batch = 0; batch < 10; batch++) {
      const numbers = Array.from({ length: 300 }, (_, index) => batch * 300 + index + 1);
      writer.write(
        numbers.map((number) => request(number, noon)),
        after(batch),
      );
    }
    const before = usedBytes(database);
    await sweep(noon, before / 2);
    assert.ok(usedBytes(database) <= before / 2);
    const pages = database.prepare('PRAGMA freelist_count').get()?.['freelist_count'];
    assert.equal(pages, 0);
    const left = await traceNumbers();
    assert.ok(left.length > 0 && left.length < 1_600);
    assert.equal(left.at(-1), 3_000);
    assert.equal(left[0], 3_000 - left.length + 1);
    const { operations } = await source().figures(always, signal);
    assert.equal(operations[0]?.durations.count, 3_000);
    assert.equal(operations[0].slowestTraceId, hex(3_000, 32));
  });

  it('deletes traces whose names are made from ids, and rests while it does', async () => {
    const named = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        request(from + index, noon, `GET /orders/${from + index}`),
      );
    for (let batch = 0; batch < 20; batch++)
      writer.write(named(1 + batch * 600, 1 + (batch + 1) * 600), noon);
    writer.write(named(20_001, 20_003), after(20 * hour));
    let statements = 0;
    const prepare = database.prepare.bind(database);
    database.prepare = (sql) => {
      const statement = prepare(sql);
      if (!sql.includes('DELETE FROM trace_index')) return statement;
      const run = statement.run.bind(statement);
      const value = (...values: SQLInputValue[]) => {
        statements += 1;
        return run(...values);
      };
      Object.defineProperty(statement, 'run', { value });
      return statement;
    };
    let rests = 0;
    const limits = { maxBytes: 1e9, maxAgeHours: 24 };
    await keepWithin(database, writer, limits, after(25 * hour), () => {
      rests += 1;
      return Promise.resolve();
    });
    assert.ok(rests > 12_000 / 500, `${rests} rests`);
    assert.ok(statements < 100, `${statements} statements`);
    assert.deepEqual(await traceNumbers(), [20_001, 20_002]);
    assert.equal(rowsOf('traces'), 2);
    assert.equal(rowsOf('trace_index'), 6, 'service, operation and figures of each');
    assert.equal(rowsOf('entries'), 5);
  }).timeout(60_000);

  it('names no slowest trace that was deleted', async () => {
    writer.write([request(9, noon)], noon);
    await sweep(noon, 1);
    const { operations } = await source().figures(always, signal);
    assert.deepEqual(
      operations.map(({ durations, slowestTraceId }) => [durations.count, slowestTraceId]),
      [[1, undefined]],
    );
  });

  it('receives after a sweep what it names anew', async () => {
    writer.write([request(1, noon)], noon);
    await sweep(noon + 60 * hour);
    writer.write([request(2, noon)], after(60 * hour));
    assert.deepEqual(await traceNumbers(), [2]);
    assert.equal((await source().trace(hex(2, 32), signal)).spans[0]?.resource.service, 'shop-api');
  });

  it('merges the minutes of past hours, and figures stay the same', async () => {
    const starts = [0, 5, 59, 61, 130].map((minute) => noon + minute * 6e7);
    writer.write(
      starts.map((start, index) => request(index + 1, start)),
      noon,
    );
    const figures = async () => {
      const { operations } = await source().figures(always, signal);
      return operations.map(({ durations, errors, slowestTraceId }) => [
        durations.count,
        durations.total,
        durations.max,
        mergeDurations([durations]).p50,
        errors,
        slowestTraceId,
      ]);
    };
    const exact = await figures();
    assert.equal(rowsOf('figures'), 5);
    await sweep(noon + 4 * hour);
    assert.equal(rowsOf('figures'), 3);
    assert.deepEqual(await figures(), exact);
    writer.write([request(6, noon + 6e7)], after(4 * hour));
    await sweep(noon + 4 * hour);
    assert.equal(rowsOf('figures'), 3);
    assert.equal((await figures())[0]?.[0], 6);
  });
});
