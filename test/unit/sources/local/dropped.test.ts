import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { migrations } from '../../../../src/sources/local/database/schema.ts';
import { deleteDropped } from '../../../../src/sources/local/ingest/droppedWriter.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { openOwnedStore } from '../../../../src/sources/local/ownedStore.ts';
import { readOtlpJson } from '../../../../src/sources/otlp/json.ts';
import { otlpOf } from '../../../support/sendOtlp.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { makeSpan } from '../../../support/span.ts';

const signal = new AbortController().signal;
const hour = 3_600_000_000;
const window = (from: number, to: number) => ({
  start: epochMicroseconds(Date.now() * 1_000 + from),
  end: epochMicroseconds(Date.now() * 1_000 + to),
});
const lastHour = () => window(-hour, hour);
const failed = (error: unknown) => assert.fail(String(error));
const limits = { maxBytes: 1e9, maxAgeHours: 72 };

describe('what the receiver could not read', () => {
  let folder: string;
  let databasePath: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-dropped-'));
    databasePath = join(folder, 'traces.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function received(...bodies: readonly unknown[]): Promise<void> {
    const store = openOwnedStore(databasePath, limits, { onError: failed, onPutAside: failed });
    for (const body of bodies) {
      const read = readOtlpJson(body);
      store.write(read.spans, read);
    }
    await store.close();
  }
  async function figures(of = lastHour()) {
    const source = openLocalSource({ databasePath, log: silentLog });
    try {
      return await source.figures(of, signal);
    } finally {
      source.dispose();
    }
  }

  const request = makeSpan({ id: '00f067aa0ba902b7', kind: 'server', start: Date.now() * 1_000 });
  const sound = otlpOf([request]);
  const bad = { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'no' }, {}] }] }] };

  it('keeps the figures of its time from claiming that every request is counted', async () => {
    await received(sound, bad, bad);
    const { operations, basis, complete, reason, dropped, droppedCount } = await figures();
    assert.deepEqual([operations.length, basis, complete, droppedCount], [1, 'partial', false, 4]);
    assert.deepEqual(dropped, [
      {
        position: 'resourceSpans[0].scopeSpans[0].spans[0]',
        reason: "trace ID isn't 16 bytes",
      },
    ]);
    assert.match(reason, /^Couldn't read 4 items in the received data\. First: /);
  });

  it('leaves figures of another time, and of sound deliveries, complete', async () => {
    await received(sound);
    assert.deepEqual([(await figures()).basis, (await figures()).droppedCount], ['complete', 0]);
    await received(bad);
    assert.equal((await figures(window(-10 * hour, -2 * hour))).basis, 'complete');
  });

  it('is forgotten with the figures of its time', async () => {
    await received(bad);
    const database = new DatabaseSync(databasePath);
    deleteDropped(database, Date.now() * 1_000 - hour);
    assert.equal((await figures()).droppedCount, 2);
    deleteDropped(database, Date.now() * 1_000 + hour);
    database.close();
    assert.equal((await figures()).droppedCount, 0);
  });

  it('a store of a version before it was counted is read as it is', async () => {
    const old = new DatabaseSync(databasePath);
    for (const step of migrations.slice(0, 3)) old.exec(step);
    old.exec('PRAGMA user_version = 3');
    old.close();
    assert.deepEqual([(await figures()).basis, (await figures()).droppedCount], ['complete', 0]);
  });
});
