import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { operationKeyOf } from '../../../../src/core/matching/operations/operationKey.ts';
import {
  keyText,
  type OperationKey,
} from '../../../../src/core/matching/operations/operationKinds.ts';
import { columnsOf, keyOfColumns } from '../../../../src/sources/local/database/keyColumns.ts';
import { openForWriting } from '../../../../src/sources/local/database/open.ts';
import { SpanWriter } from '../../../../src/sources/local/ingest/spanWriter.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { everyOperation } from '../../../support/everyOperation.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const always = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
const keys = everyOperation().map((span) => operationKeyOf(span)!);

describe('a store written before operations had kinds', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-keys-'));
    path = join(folder, 'traces.db');
    const old = new DatabaseSync(path);
    old.exec(readFileSync('test/fixtures/local/v4.sql', 'utf8'));
    old.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const source = () => openLocalSource({ databasePath: path, log: silentLog });
  const rows = async () =>
    (await source().figures(always, signal)).operations
      .map(({ key, durations }) => `${durations.count} ${keyText(key)}`)
      .sort();
  const once = (count: number) => keys.map((key) => `${count} ${keyText(key)}`).sort();

  it('has an operation of each kind', () => {
    const kinds = new Set(keys.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['graphql', 'http', 'messaging', 'nest', 'other', 'rpc']);
  });

  it('has its figures, each with the key that its spans have now', async () => {
    assert.deepEqual(await rows(), once(1));
  });

  it('counts new spans in the rows of old ones', async () => {
    const database = openForWriting(path);
    const again = everyOperation(1_000);
    new SpanWriter(database).write(again, again[0]!.start);
    database.close();
    assert.deepEqual(await rows(), once(2));
  });

  it('finds the trace of each operation by its key', async () => {
    for (const [at, key] of keys.entries()) {
      const query = { service: undefined, operation: undefined, minDuration: undefined };
      const { traces } = await source().search(
        { ...query, errorsOnly: false, window: always, limit: 5, operations: [key] },
        signal,
      );
      const found = traces.map(({ traceId, matched }) => [Number(`0x${traceId}`), matched]);
      assert.deepEqual(found, [[at + 1, 1_000 * (at + 1)]], keyText(key));
    }
  });
});

describe('the columns of a key', () => {
  const text = fc.oneof(fc.constant(''), fc.constantFrom('GET', '/a', 'rabbitmq default', 'a,b'));
  const name = fc.constantFrom('GET /a', 'grpc.x.Y/Z', 'process q');
  const named = { service: text, name };
  const http = fc.record({
    kind: fc.constant('http' as const),
    ...named,
    method: fc.constantFrom('GET', 'PUT'),
    route: fc.constantFrom('/a', '/b'),
    path: fc.constant(''),
    controller: text,
    callback: text,
  });
  const pathOnly = http.map((key) => ({
    ...key,
    route: '',
    controller: '',
    callback: '',
    path: '/a/*',
  }));
  const nest = fc.record({
    kind: fc.constant('nest' as const),
    ...named,
    method: text,
    route: text,
    controller: text,
    callback: text,
  });
  const graphql = fc.record({
    kind: fc.constant('graphql' as const),
    ...named,
    parent: text,
    fields: fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
  });
  const messaging = fc
    .record({
      kind: fc.constant('messaging' as const),
      ...named,
      system: fc.constantFrom('kafka', 'rabbitmq', 'bullmq', 'socket.io'),
      destination: text,
      isRequest: fc.boolean(),
      exchange: fc.constantFrom('default' as const, 'named' as const),
      key: text,
    })
    .map(({ key, exchange, ...rest }) => ({
      ...rest,
      exchange: rest.system === 'rabbitmq' ? exchange : ('' as const),
      routingKey: rest.system === 'rabbitmq' ? key : '',
      job: rest.system === 'bullmq' ? key : '',
    }));
  const other = fc.record({ kind: fc.constant('other' as const), ...named });
  const proxy = fc.record({ kind: fc.constant('proxy' as const), ...named, method: text });
  const rpc = other.map(({ service }) => ({
    kind: 'rpc' as const,
    service,
    name: 'grpc.x.Y/Z',
    rpc: 'Y/Z',
  }));
  const anyKey: fc.Arbitrary<OperationKey> = fc.oneof(
    http,
    pathOnly,
    nest,
    graphql,
    messaging,
    proxy,
    other,
    rpc,
  );

  it('say the key, and differ where keys do', () => {
    fc.assert(
      fc.property(anyKey, (key) => assert.deepEqual(keyOfColumns(columnsOf(key)), { ...key })),
    );
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        const same = JSON.stringify(columnsOf(a)) === JSON.stringify(columnsOf(b));
        assert.equal(same, keyText(a) === keyText(b));
      }),
    );
  });
});
