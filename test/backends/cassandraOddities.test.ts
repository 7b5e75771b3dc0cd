import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Client } from 'cassandra-driver';
import type { TraceSource } from '../../src/core/ports.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openCassandraSource } from '../../src/sources/cassandra/cassandraSource.ts';
import { connectTo } from '../support/backends/cassandraConnection.ts';
import { cqlOptionsOf } from '../support/backends/cassandraSource.ts';
import { openTestKeyspace, type TestKeyspace } from '../support/backends/testKeyspace.ts';
import { silentLog } from '../support/silentLog.ts';

const never = new AbortController().signal;
/** Where nobody answers, not even with a refusal (RFC 5737). */
const nowhere = '192.0.2.1';

describe('a Cassandra with oddities', function () {
  this.timeout(300_000);
  let keyspace: TestKeyspace;
  let client: Client;
  let source: TraceSource;
  before(async () => {
    keyspace = await openTestKeyspace();
    client = await connectTo(keyspace.address);
    const options = await cqlOptionsOf(keyspace.address, keyspace.keyspace);
    source = openCassandraSource({ ...options, clock: systemClock, log: silentLog });
  });
  after(async () => {
    source.dispose();
    await client.shutdown();
    await keyspace.stop();
  });

  it('is read where it names a peer that nobody can reach', async function () {
    if (keyspace.isGiven) this.skip(); // Its peers are its own.
    await client.execute(
      `INSERT INTO system.peers (peer, data_center, host_id, rack, release_version, rpc_address, tokens)
       VALUES ('${nowhere}', 'datacenter1', uuid(), 'rack1', '5.0.5', '${nowhere}', {'1'})`,
    );
    const began = performance.now();
    assert.deepEqual(await source.services(never), []);
    assert.ok(performance.now() - began < 5_000);
  });

  it('answers a trace without its row that is no span, and says so', async () => {
    const traceId = randomBytes(16);
    const insert = `INSERT INTO ${keyspace.keyspace}.traces (trace_id, span_id, span_hash, operation_name, start_time, duration, tags, process) VALUES (?, ?, 1, ?, ?, 10, ?, {service_name: 'shop-api'})`;
    const start = BigInt(Date.now()) * 1_000n;
    const write = (spanId: bigint, name: string, value_type: string) =>
      client.execute(insert, [traceId, spanId, name, start, [{ key: 'tier', value_type }]], {
        prepare: true,
      });
    await write(1n, 'GET /orders', 'string');
    await write(2n, 'of a later Jaeger', 'nonsense');
    const answer = await source.trace(traceId.toString('hex'), never);
    assert.deepEqual(
      answer.spans.map(({ name }) => name),
      ['GET /orders'],
    );
    assert.deepEqual([answer.droppedCount, answer.complete], [1, false]);
    assert.match(answer.reason, /^Couldn't read 1 item in the Cassandra response: /);
  });
});
