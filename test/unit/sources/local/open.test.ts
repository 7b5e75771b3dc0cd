import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import { schemaVersion } from '../../../../src/sources/local/database/schema.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const always = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };

describe('opening the local store', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-open-'));
    path = join(folder, 'traces.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const source = () => openLocalSource({ databasePath: path, log: silentLog });
  const refused = (code: string, text: RegExp) => (error: unknown) =>
    isSourceError(error) && error.code === code && text.test(error.message);

  it('migrates a store of version 1 and keeps what is in it', async () => {
    const old = new DatabaseSync(path);
    old.exec(readFileSync('test/fixtures/local/v1.sql', 'utf8'));
    old.close();
    assert.deepEqual(await source().services(signal), []);
    const migrated = openForWriting(path);
    assert.equal(migrated.prepare('PRAGMA user_version').get()?.['user_version'], schemaVersion);
    migrated.close();
    const { operations } = await source().figures(always, signal);
    const counts = operations.map(({ key, durations }) => `${key.name}: ${durations.count}`);
    assert.deepEqual(counts.sort(), ['GET /users/all: 1', 'GET: 1', 'UsersController.all: 1']);
    const id = operations[0]?.slowestTraceId ?? '';
    assert.equal((await source().trace(id, signal)).spans[0]?.resource.service, 'users-api');
  });

  it('leaves the store of a newer Spanhop alone and says so', async () => {
    const newer = new DatabaseSync(path);
    newer.exec('CREATE TABLE later (id); PRAGMA user_version = 99');
    newer.close();
    assert.throws(() => openForWriting(path), refused('unsupported', /newer version of Spanhop/));
    await assert.rejects(
      source().services(signal),
      refused('unsupported', /newer version of Spanhop/),
    );
    const after = new DatabaseSync(path);
    assert.equal(after.prepare('PRAGMA user_version').get()?.['user_version'], 99);
    after.close();
  });

  it('names a file that is no store, and what to do', async () => {
    writeFileSync(path, 'not a database, but long enough to be read as one'.repeat(100));
    assert.throws(() => openForWriting(path), refused('malformed', /is damaged/));
    await assert.rejects(source().services(signal), refused('malformed', /traces\.db/));
  });

  it('says which folder cannot be written to', () => {
    assert.throws(
      () => openForWriting(join(folder, 'missing', 'traces.db')),
      refused('failed', /missing/),
    );
  });
});
