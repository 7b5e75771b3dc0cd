import assert from 'node:assert/strict';
import type { Client } from 'cassandra-driver';
import { epochMicroseconds, fromMinutes, later } from '../../src/core/base/units.ts';
import { mergeDurations } from '../../src/core/correlate/durations/mergeDurations.ts';
import { quantileNames, quantileShares } from '../../src/core/correlate/durations/durations.ts';
import { nearestRank } from '../../src/core/base/nearestRank.ts';
import { openCql, type CqlSession } from '../../src/sources/cassandra/cql/session.ts';
import { readBucket } from '../../src/sources/cassandra/figures/bucketRows.ts';
import { cqlDurationIndex } from '../../src/sources/cassandra/figures/cqlDurationIndex.ts';
import { hourBuckets, hourOf } from '../../src/sources/cassandra/figures/hourBuckets.ts';
import { operationDurations } from '../../src/sources/cassandra/figures/operationDurations.ts';
import { ReadBudget } from '../../src/sources/cassandra/figures/readBudget.ts';
import { connectTo } from '../support/backends/cassandraConnection.ts';
import { cqlOptionsOf } from '../support/backends/cassandraSource.ts';
import { openTestKeyspace, type TestKeyspace } from '../support/backends/testKeyspace.ts';
import { newService, newTraceId } from '../support/sourceContract/sent.ts';

const rowsInPartition = 20_000;
const never = new AbortController().signal;

describe('a partition of duration_index too large to be sent', function () {
  this.timeout(180_000);
  let keyspace: TestKeyspace;
  let client: Client;
  let cql: CqlSession;
  const service = newService('large');
  const bucket = hourBuckets({
    start: epochMicroseconds(Date.now() * 1_000),
    end: epochMicroseconds(Date.now() * 1_000 + 1),
  })[0]!;
  const rows = Array.from({ length: rowsInPartition }, (_, n) => ({
    duration: Math.round(20_000 * Math.exp(1.5 * Math.sin(n * 12.9898))),
    start: bucket.start + Math.floor((n / rowsInPartition) * 3_600_000_000),
    traceId: newTraceId(),
  }));

  before(async () => {
    keyspace = await openTestKeyspace();
    client = await connectTo(keyspace.address);
    for (let n = 0; n < rows.length; n += 100) await write(rows.slice(n, n + 100));
    cql = openCql(await cqlOptionsOf(keyspace.address, keyspace.keyspace));
  });
  after(async () => {
    await cql.close();
    await client.shutdown();
    await keyspace.stop();
  });

  const write = (some: typeof rows) =>
    client.batch(
      some.map(({ duration, start, traceId }) => ({
        query: `INSERT INTO ${keyspace.keyspace}.duration_index (service_name, operation_name, bucket, duration, start_time, trace_id) VALUES (?, ?, ?, ?, ?, ?)`,
        params: [
          service,
          'GET /a',
          hourOf(bucket),
          BigInt(duration),
          BigInt(start),
          Buffer.from(traceId, 'hex'),
        ],
      })),
      { prepare: true, logged: false },
    );

  for (const [which, from] of [
    ['whole', 0],
    ['cut by the window', 37],
  ] as const)
    it(`is counted to the truth, ${which}, in kilobytes`, async () => {
      const window = { start: later(bucket.start, fromMinutes(from)), end: bucket.end };
      const options = { index: cqlDurationIndex(cql), budget: new ReadBudget(), signal: never };
      const before = cql.totals.bytes;
      const partition = { service, operation: 'GET /a', bucket };
      const read = await readBucket(partition, undefined, options);
      assert.equal(read.rows, undefined);
      const found = (await operationDurations([read], window, options))!;
      const inside = rows
        .filter(({ start }) => start >= window.start)
        .sort((a, b) => a.duration - b.duration);
      const merged = mergeDurations([found.durations]);
      assert.equal(merged.count, inside.length);
      assert.equal(merged.max, inside.at(-1)!.duration);
      assert.equal(
        merged.total,
        inside.reduce((sum, { duration }) => sum + duration, 0),
      );
      assert.equal(merged.estimates, undefined);
      for (const name of quantileNames) {
        const truth = inside[nearestRank(quantileShares[name], inside.length)]!.duration;
        assert.ok(Math.abs(merged[name]! - truth) <= 0.01 * truth, name);
      }
      assert.equal(
        inside.find(({ traceId }) => traceId === found.slowestTraceId)?.duration,
        merged.max,
      );
      assert.ok(cql.totals.bytes - before < 10_000);
    });
});
