import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { startCassandra, type RunningCassandra } from '../support/backends/cassandra.ts';
import { connectTo, withClient } from '../support/backends/cassandraConnection.ts';
import { startJaegerOnCassandra } from '../support/backends/jaegerOnCassandra.ts';
import { applyJaegerSchema } from '../support/backends/jaegerSchema.ts';
import { openTestKeyspace, type TestKeyspace } from '../support/backends/testKeyspace.ts';
import type { RunningJaeger } from '../support/backends/jaeger.ts';
import { eventually } from '../support/eventually.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';

const startLimitMs = 180_000;

describe('Jaeger 1.67 on Cassandra', function () {
  this.timeout(startLimitMs);
  let store: TestKeyspace;
  let jaeger: RunningJaeger;
  before(async () => {
    store = await openTestKeyspace();
    jaeger = await startJaegerOnCassandra(store.address, store.keyspace);
  });
  after(async () => {
    await jaeger.stop();
    await store.stop();
  });

  it('keeps a trace in the tables, and reads it from there', async () => {
    const traceId = '5b8aa5a2d2c872e8321cf37308d69df2';
    const start = Date.now() * 1_000;
    const service = `kept-${String(start)}`;
    const spans = [
      makeSpan({ id: '00000000000000a1', name: 'GET /kept', start, duration: 900 }),
      makeSpan({ id: '00000000000000a2', parent: '00000000000000a1', start, duration: 500 }),
    ].map((span) => ({ ...span, traceId, resource: { service, attributes: [] } }));
    await sendOtlp(jaeger.otlp, spans);
    const id = Buffer.from(traceId, 'hex');
    const select = `SELECT operation_name, duration FROM ${store.keyspace}.traces WHERE trace_id = ?`;
    const rows = await withClient(store.address, (client) =>
      eventually(
        'both spans in the table',
        async () => (await client.execute(select, [id], { prepare: true })).rows,
        (found) => found.length === 2,
      ),
    );
    const values = rows.map((row) => [String(row['operation_name']), Number(row['duration'])]);
    assert.deepEqual(values, [
      ['GET /kept', 900],
      ['00000000000000a2', 500],
    ]);
    const answer = await fetch(`${jaeger.url}/api/traces/${traceId}`);
    const { data } = (await answer.json()) as { data: [{ spans: { operationName: string }[] }] };
    assert.equal(data[0].spans.length, 2);
  });
});

describe('a Cassandra with users and TLS', function () {
  this.timeout(startLimitMs);
  let cassandra: RunningCassandra;
  before(async () => {
    cassandra = await startCassandra({ authentication: true, tls: 'valid' });
  });
  after(() => cassandra.stop());

  it('lets in who has the password, and nobody else', async () => {
    await (await connectTo(cassandra)).shutdown();
    const wrong = { user: 'cassandra', password: 'guessed' };
    await assert.rejects(connectTo({ ...cassandra, credentials: wrong }), /hosts? tried/);
  });

  it('speaks TLS only', async () => {
    await assert.rejects(connectTo({ ...cassandra, tls: undefined }), /hosts? tried/);
  });

  it('takes what Jaeger writes with the password over TLS', async () => {
    const keyspace = 'jaeger_v1_tls';
    await withClient(cassandra, async (client) => {
      await applyJaegerSchema(client, { keyspace });
      const jaeger = await startJaegerOnCassandra(cassandra, keyspace);
      const start = Date.now() * 1_000;
      await sendOtlp(jaeger.otlp, [
        makeSpan({ id: '00000000000000b1', start, service: 'secured' }),
      ]);
      const services = await eventually(
        'the service in the table',
        async () =>
          (await client.execute(`SELECT service_name FROM ${keyspace}.service_names`)).rows,
        (rows) => rows.length === 1,
      );
      assert.equal(services[0]?.['service_name'], 'secured');
      await jaeger.stop();
    });
  });
});

describe('a Cassandra that is started again', function () {
  this.timeout(2 * startLimitMs);
  let cassandra: RunningCassandra;
  before(async () => {
    cassandra = await startCassandra({ tls: 'expired' });
  });
  after(() => cassandra.stop());

  it('has its rows again, on the same port', async () => {
    await withClient(cassandra, async (client) => {
      await applyJaegerSchema(client, { keyspace: 'kept', traceTtlSeconds: 7_200 });
      await client.execute(`INSERT INTO kept.service_names (service_name) VALUES ('shop-api')`);
    });
    await cassandra.restart();
    const { rows } = await withClient(cassandra, (client) =>
      client.execute('SELECT service_name FROM kept.service_names'),
    );
    assert.equal(rows[0]?.['service_name'], 'shop-api');
  });

  it('has a certificate that expired, when asked for one', async () => {
    const tls = cassandra.tls && { ...cassandra.tls, verify: true };
    await assert.rejects(connectTo({ ...cassandra, tls }), (error: Error) =>
      /certificate has expired/.test(inspect(error)),
    );
  });
});
