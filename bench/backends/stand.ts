import type { Client } from 'cassandra-driver';
import { openCql, type CqlSession } from '../../src/sources/cassandra/cql/session.ts';
import {
  connectTo,
  type CassandraAddress,
} from '../../test/support/backends/cassandraConnection.ts';
import { cqlOptionsOf } from '../../test/support/backends/cassandraSource.ts';
import type { RunningJaeger1 } from '../../test/support/backends/jaeger.ts';
import { startJaegerOnCassandra } from '../../test/support/backends/jaegerOnCassandra.ts';
import { applyJaegerSchema } from '../../test/support/backends/jaegerSchema.ts';
import { fill, queueSpans } from './fill.ts';
import { measured } from './measure.ts';
import type { Writing } from './report.ts';
import type { Traces } from './traces.ts';

/** A keyspace that holds traces of the bench and no others, and a Jaeger on it. */
export interface Stand {
  readonly cql: CqlSession;
  readonly jaeger: RunningJaeger1;
  readonly traces: Traces;
  readonly writing: Writing;
  close(): Promise<void>;
}

/** As production teams do: what nobody looks for isn't indexed. Half of the time to write would be that. */
const jaegerSettings = {
  COLLECTOR_QUEUE_SIZE: String(queueSpans),
  CASSANDRA_INDEX_TAG_WHITELIST: 'tenant,error,http.response.status_code',
  CASSANDRA_INDEX_PROCESS_TAGS: 'false',
  CASSANDRA_INDEX_LOGS: 'false',
};

/** Jaeger's tables forget after two days. */
const freshMs = 40 * 3_600_000;

/**
 * Opens the keyspace of so many traces. Unless they are there from another run, whole and young enough, it is made anew
 * and Jaeger writes them.
 */
export async function openStand(
  address: CassandraAddress,
  name: string,
  count: number,
): Promise<Stand> {
  const keyspace = `spanhop_bench_${name}`;
  const client = await connectTo(address);
  const before = await writtenBefore(client, keyspace, count);
  if (!before) await makeKeyspace(client, keyspace);
  const jaeger = await startJaegerOnCassandra(address, keyspace, jaegerSettings);
  const options = await cqlOptionsOf(address, keyspace);
  const cql = openCql({ ...options, timeoutMs: 120_000, maxBytes: 500_000_000 });
  const close = async () => {
    await cql.close();
    await client.shutdown();
    await jaeger.stop();
  };
  try {
    const { traces, seconds } = before ?? (await write(jaeger, client, keyspace, count));
    return { cql, jaeger, traces, writing: { seconds, isNow: !before }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Written {
  readonly traces: Traces;
  readonly seconds: number;
}

async function makeKeyspace(client: Client, keyspace: string): Promise<void> {
  await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`, [], { readTimeout: 60_000 });
  await applyJaegerSchema(client, { keyspace });
  await client.execute(
    `CREATE TABLE ${keyspace}.bench (traces int PRIMARY KEY, end_time bigint, seconds double)`,
    [],
    { readTimeout: 60_000 },
  );
}

async function write(
  jaeger: RunningJaeger1,
  client: Client,
  keyspace: string,
  count: number,
): Promise<Written> {
  const traces = { end: Date.now() * 1_000 };
  const { seconds } = await measured(() => fill(jaeger, traces, count));
  await client.execute(
    `INSERT INTO ${keyspace}.bench (traces, end_time, seconds) VALUES (?, ?, ?)`,
    [count, BigInt(traces.end), seconds],
    { prepare: true },
  );
  return { traces, seconds };
}

async function writtenBefore(
  client: Client,
  keyspace: string,
  count: number,
): Promise<Written | undefined> {
  const tables = 'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?';
  const { rows } = await client.execute(tables, [keyspace], { prepare: true });
  if (!rows.some((row) => row['table_name'] === 'bench')) return undefined;
  const query = `SELECT end_time, seconds FROM ${keyspace}.bench WHERE traces = ?`;
  const [row] = (await client.execute(query, [count], { prepare: true })).rows;
  const end = Number(row?.['end_time'] ?? 0);
  if (Date.now() - end / 1_000 > freshMs) return undefined;
  return { traces: { end }, seconds: Number(row!['seconds']) };
}
