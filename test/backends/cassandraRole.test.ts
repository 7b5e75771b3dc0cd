import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startCassandra, type RunningCassandra } from '../support/backends/cassandra.ts';
import { withClient } from '../support/backends/cassandraConnection.ts';
import { cqlOptionsOf } from '../support/backends/cassandraSource.ts';
import { applyJaegerSchema } from '../support/backends/jaegerSchema.ts';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { openCql } from '../../src/sources/cassandra/cql/session.ts';
import { cqlDurationIndex } from '../../src/sources/cassandra/figures/cqlDurationIndex.ts';
import { hourBuckets } from '../../src/sources/cassandra/figures/hourBuckets.ts';

const keyspace = 'jaeger_v1_dc1';
const page = readFileSync(join(import.meta.dirname, '../../docs/cassandra.md'), 'utf8');
const statements = (/```sql\n(.*?)```/s.exec(page)?.[1] ?? '').split(';').map((one) => one.trim());
const password = /PASSWORD = '([^']+)'/.exec(page)?.[1];

describe('the role that the documentation recommends', function () {
  this.timeout(300_000);
  let cassandra: RunningCassandra;
  before(async () => {
    cassandra = await startCassandra({ authentication: true });
    await withClient(cassandra, async (client) => {
      for (const name of [keyspace, 'other']) await applyJaegerSchema(client, { keyspace: name });
      for (const statement of statements) if (statement !== '') await client.execute(statement);
    });
  });
  after(() => cassandra.stop());

  const signal = () => new AbortController().signal;
  const asRole = async <T>(
    use: (session: ReturnType<typeof openCql>) => Promise<T>,
    name = keyspace,
  ) => {
    const options = await cqlOptionsOf(cassandra, name);
    const session = openCql({ ...options, user: 'spanhop', password });
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  };

  it('reads every table of the keyspace', () =>
    asRole(async (session) => {
      const { tables } = await session.server(signal());
      for (const table of tables.keys())
        for await (const row of session.rows(`SELECT * FROM ${table} LIMIT 1`, [], {
          signal: signal(),
        }))
          assert.fail(JSON.stringify(row));
    }));

  it('counts and adds up durations on the server', () =>
    asRole(async (session) => {
      const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };
      const [bucket = window] = hourBuckets(window);
      const partition = { service: 'shop', operation: 'GET /', bucket };
      const range = { low: 0, high: 1_000 };
      const counted = await cqlDurationIndex(session).count(partition, window, range, signal());
      assert.deepEqual(counted, { count: 0, total: 0 });
    }));

  it('writes nothing, and reads no other keyspace', async () => {
    const denied = (name: string) => ({
      name: 'SourceError',
      code: 'unauthorized',
      message: new RegExp(`user spanhop needs the SELECT permission on keyspace ${name}\\.`),
    });
    const ask = (query: string, name = keyspace) =>
      asRole((session) => session.rows(query, [], { signal: signal() }).next(), name);
    for (const query of [
      "INSERT INTO service_names (service_name) VALUES ('x')",
      "DELETE FROM service_names WHERE service_name = 'x'",
      'TRUNCATE service_names',
      'DROP TABLE service_names',
    ])
      await assert.rejects(ask(query), denied(keyspace), query);
    await assert.rejects(ask('SELECT * FROM service_names', 'other'), denied('other'));
  });

  it('is told from a wrong password', async () => {
    const options = await cqlOptionsOf(cassandra, keyspace);
    const session = openCql({ ...options, user: 'spanhop', password: 'guessed' });
    await assert.rejects(session.server(signal()), {
      code: 'unauthorized',
      message: /rejected user spanhop or the password/,
    });
    await session.close();
  });
});
