import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { damageOnDisk } from '../../../../src/sources/local/database/health.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import { SpanWriter } from '../../../../src/sources/local/ingest/spanWriter.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { openOwnedStore } from '../../../../src/sources/local/ownedStore.ts';
import { openSoundStore } from '../../../../src/sources/local/soundStore.ts';
import { eventually } from '../../../support/eventually.ts';
import { makeSpan } from '../../../support/span.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const start = 1_795_335_636_787_123;
const everything = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: { start: epochMicroseconds(0), end: epochMicroseconds(4e15) },
  limit: 5_000,
};
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const request = (id: number) =>
  makeSpan({ id: hex(id, 16), traceId: hex(id, 32), kind: 'server', start, duration: id });

const page = 8_192;
function overwrite(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 197) % 251));
const sql = (path: string, text: string) => {
  const database = new DatabaseSync(path);
  database.exec(text);
  database.close();
};
const replace = (path: string, make: () => void) => {
  rmSync(path);
  make();
};
const middle = (path: string) => Math.floor(statSync(path).size / page / 2) * page;

const damages: readonly (readonly [string, (path: string) => void, 'damaged' | 'newer'])[] = [
  ['garbage', (path) => writeFileSync(path, noise(50_000)), 'damaged'],
  ['text', (path) => writeFileSync(path, 'hello'), 'damaged'],
  ['cut in half', (path) => truncateSync(path, statSync(path).size / 2), 'damaged'],
  ['cut within its header', (path) => truncateSync(path, 60), 'damaged'],
  [
    'with zeros in the middle',
    (path) => overwrite(path, middle(path), Buffer.alloc(page)),
    'damaged',
  ],
  ['with noise in the middle', (path) => overwrite(path, middle(path), noise(page)), 'damaged'],
  ['with noise in its first page', (path) => overwrite(path, 100, noise(page - 100)), 'damaged'],
  ['of something else', (path) => replace(path, () => sql(path, 'CREATE TABLE t (a)')), 'damaged'],
  ['without its tables', (path) => sql(path, 'DROP TABLE traces'), 'damaged'],
  ['that is a folder', (path) => replace(path, () => mkdirSync(path)), 'damaged'],
  ['of a newer Spanhop', (path) => sql(path, 'PRAGMA user_version = 99'), 'newer'],
];

describe('a store that is', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-damaged-'));
    path = join(folder, 'traces.db');
    const database = openForWriting(path);
    const spans = Array.from({ length: 500 }, (_, id) => request(id + 1));
    new SpanWriter(database).write(spans, epochMicroseconds(start));
    database.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const source = () => openLocalSource({ databasePath: path, log: silentLog });

  for (const [name, damage, why] of damages)
    it(`${name} gets another name, a new one takes spans, and that is told`, async () => {
      damage(path);
      const told: string[] = [];
      const { database, writer } = openSoundStore(path, (sentence) => told.push(sentence));
      assert.equal(writer.write([request(1)], epochMicroseconds(start)), 1);
      database.close();
      assert.equal((await source().search(everything, signal)).traces.length, 1);
      const kept = readdirSync(folder).filter((one) => one.startsWith(`traces.${why}-`));
      assert.equal(kept.length, 1);
      assert.equal(told.length, 1);
      assert.ok(told[0]?.includes(kept[0] ?? ''), told[0]);
    });

  for (const [name, damage] of damages.slice(0, 4))
    it(`${name} is told by readers, who change nothing`, async () => {
      damage(path);
      await assert.rejects(
        source().search(everything, signal),
        (error) =>
          isSourceError(error) && error.code === 'malformed' && /is damaged/.test(error.message),
      );
      assert.deepEqual(readdirSync(folder), ['traces.db']);
    });

  it('whole, empty, or has a broken log is used as it is', async () => {
    const told: string[] = [];
    const open = () => openSoundStore(path, (sentence) => told.push(sentence)).database.close();
    open();
    appendFileSync(`${path}-wal`, noise(40_000));
    writeFileSync(`${path}-shm`, noise(40_000));
    open();
    assert.equal((await source().search(everything, signal)).traces.length, 500);
    truncateSync(path, 0); // while a reader has it open
    open();
    assert.equal((await source().search(everything, signal)).traces.length, 0);
    assert.deepEqual(told, []);
  });

  it('put aside again and again leaves the three newest', () => {
    for (let time = 0; time < 6; time++) {
      writeFileSync(path, `garbage ${time}`);
      writeFileSync(`${path}-wal`, 'garbage');
      openSoundStore(path, () => undefined).database.close();
    }
    const kept = readdirSync(folder).filter((name) => name.startsWith('traces.damaged-'));
    assert.equal(kept.filter((name) => name.endsWith('.db')).length, 3);
    assert.ok(kept.length <= 6);
  });

  it('damaged while it is filled takes nothing more, and a new one is begun', async () => {
    const told: string[] = [];
    const events = { onError: () => undefined, onPutAside: (text: string) => told.push(text) };
    const limits = { maxBytes: 1e9, maxAgeHours: 24e6 };
    const store = openOwnedStore(path, limits, events);
    store.write([request(5_000)]);
    assert.equal(store.isUsable, true);
    overwrite(path, 0, noise(statSync(path).size));
    await eventually(
      'damage is found',
      () => Promise.resolve(store.isUsable),
      (is) => !is,
    );
    assert.throws(() => store.write([request(5_001)]), /is damaged/);
    await store.close();
    assert.equal(told.length, 1);
    assert.equal(existsSync(path), false);
    const next = openOwnedStore(path, limits, events);
    next.write([request(5_002)]);
    assert.equal((await source().search(everything, signal)).traces.length, 1);
    await next.close();
    assert.equal(told.length, 1);
  });

  it('damaged within the spans of one delivery loses these, says so, and takes more of that trace', async () => {
    const database = openForWriting(path);
    const writer = new SpanWriter(database);
    const { traceId } = request(1);
    writer.write([{ ...request(1), spanId: hex(9_001, 16) }], epochMicroseconds(start));
    database.exec('UPDATE chunks SET spans = randomblob(90) WHERE id = 1');
    const sent = [request(1), { ...request(1), spanId: hex(9_002, 16) }];
    assert.equal(writer.write(sent, epochMicroseconds(start)), 2);
    database.close();
    const answer = await source().trace(traceId, signal);
    assert.deepEqual([answer.spans.length, answer.droppedCount, answer.complete], [3, 1, false]);
    assert.match(answer.reason, /^Couldn't read 1 damaged spans/);
  });

  it('damaged behind the pages a process has in memory is found on disk', () => {
    const { database } = openSoundStore(path, () => undefined);
    database.prepare('SELECT count(*) FROM chunks').get();
    assert.equal(damageOnDisk(path), undefined);
    overwrite(path, middle(path), noise(page));
    assert.notEqual(damageOnDisk(path), undefined);
    database.close();
  });
});
