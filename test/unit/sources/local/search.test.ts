import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { TraceQuery } from '../../../../src/core/ports.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import type { Database } from '../../../../src/sources/local/database/database.ts';
import { SpanWriter } from '../../../../src/sources/local/ingest/spanWriter.ts';
import { findRows } from '../../../../src/sources/local/read/search.ts';
import { StoreFile } from '../../../../src/sources/local/storeFile.ts';
import { makeSpan } from '../../../support/span.ts';

const never = new AbortController().signal;
const noon = epochMicroseconds(Date.UTC(2026, 10, 22, 12) * 1_000);
const count = 3_000;
/** One trace in a hundred is of the rare tier; the later, the faster. */
const sent = Array.from({ length: count }, (_, n) =>
  makeSpan({
    id: n.toString(16).padStart(16, '0'),
    traceId: n.toString(16).padStart(32, '0'),
    start: noon + n,
    duration: count - n,
    attributes: { tier: n % 100 === 0 ? 'rare' : 'common' },
  }),
);
const rare = sent.filter((_, n) => n % 100 === 0).map(({ traceId }) => traceId);

const query: TraceQuery = {
  service: undefined,
  operation: undefined,
  attributes: [{ key: 'tier', value: 'rare' }],
  minDuration: undefined,
  errorsOnly: false,
  window: { start: noon, end: epochMicroseconds(noon + count) },
  limit: 5,
};

describe('a search of the local store that has to look at spans', () => {
  let folder: string;
  let database: Database;
  let store: StoreFile;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-search-'));
    const path = join(folder, 'traces.db');
    database = openForWriting(path);
    new SpanWriter(database).write(sent, noon);
    store = new StoreFile(path);
  });
  after(() => {
    store.close();
    database.close();
    rmSync(folder, { recursive: true });
  });
  const idsOf = async (parts: Partial<TraceQuery>) => {
    const { rows, complete } = await findRows(store, { ...query, ...parts }, never);
    return { ids: rows.map(({ summary }) => summary.traceId), complete };
  };

  it('goes on until it has as many as are asked for, or the window ends', async () => {
    const newest = rare.toReversed();
    assert.deepEqual(await idsOf({}), { ids: newest.slice(0, 5), complete: true });
    assert.deepEqual(await idsOf({ limit: 1_000 }), { ids: newest, complete: true });
    assert.deepEqual(await idsOf({ order: 'slowest' }), { ids: rare.slice(0, 5), complete: true });
  });

  it('stops after so many bytes, and says how much it has searched', async () => {
    const { rows, complete, reason } = await findRows(store, query, never, 30_000);
    assert.ok(rows.length > 0 && rows.length < 5, String(rows.length));
    assert.equal(complete, false);
    assert.match(reason, /^Only \d+ traces were searched\. Shorten the time range/);
  });

  it('has enough before it is out of bytes: its answer is whole', async () => {
    const { rows, complete } = await findRows(store, { ...query, limit: 1 }, never, 30_000);
    assert.deepEqual([rows.length, complete], [1, true]);
  });

  it('stops in the middle when asked to', async () => {
    const stop = new AbortController();
    const searching = findRows(store, { ...query, limit: 1_000 }, stop.signal);
    setImmediate(() => stop.abort());
    await assert.rejects(searching, { name: 'AbortError' });
  });
});
