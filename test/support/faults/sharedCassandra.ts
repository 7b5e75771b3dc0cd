import { randomBytes } from 'node:crypto';
import type { Client } from 'cassandra-driver';
import {
  startCassandra,
  type CassandraStart,
  type RunningCassandra,
} from '../backends/cassandra.ts';
import { withClient } from '../backends/cassandraConnection.ts';
import { applyJaegerSchema } from '../backends/jaegerSchema.ts';
import type { Shared } from './shared.ts';

/** A Cassandra with Jaeger's tables, and who reads them. */
export interface SharedCassandra extends Shared {
  readonly running: () => RunningCassandra;
  /** As whoever set it up. */
  ask(use: (client: Client) => Promise<unknown>): Promise<void>;
  /** Makes tables that miss, and writes requests of the last minute. */
  fill(): Promise<void>;
}

export const keyspace = 'jaeger_v1_dc1';
/** May read the keyspace, and nothing else. */
export const reader = { user: 'reader', password: 'right' } as const;

/** Names of operations: enough questions to end a reading in the middle. */
const operations = Array.from({ length: 4 }, (_, index) => `GET /orders/${String(index)}`);
const requests = 3;

/** Starts when a fault first needs it. */
export function shareCassandra(options: CassandraStart): SharedCassandra {
  let server: RunningCassandra | undefined;
  const running = () => {
    if (!server) throw new Error('It was not started.');
    return server;
  };
  const ask = async (use: (client: Client) => Promise<unknown>) => {
    await withClient(running(), use);
  };
  const fill = () =>
    ask(async (client) => {
      await applyJaegerSchema(client, { keyspace });
      await Promise.all(operations.map((name) => writeRequests(client, name)));
    });
  return {
    running,
    ask,
    fill,
    start: async () => {
      server ??= await startCassandra(options);
      await fill();
      if (options.authentication === true) await ask(createReader);
    },
    stop: async () => {
      await server?.stop();
      server = undefined;
    },
  };
}

async function createReader(client: Client): Promise<void> {
  const { user, password } = reader;
  await client.execute(
    `CREATE ROLE IF NOT EXISTS ${user} WITH PASSWORD = '${password}' AND LOGIN = true`,
  );
  await client.execute(`GRANT SELECT ON KEYSPACE ${keyspace} TO ${user}`);
}

/** As Jaeger writes a server's spans (internal/storage/v1/cassandra/spanstore/writer.go), a minute ago. */
async function writeRequests(client: Client, name: string): Promise<void> {
  const insert = (table: string, row: Readonly<Record<string, unknown>>) =>
    client.execute(
      `INSERT INTO ${keyspace}.${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
      Object.values(row),
      { prepare: true },
    );
  const service = { service_name: 'shop-api' };
  await insert('service_names', service);
  await insert('operation_names_v2', { ...service, span_kind: 'server', operation_name: name });
  const now = Date.now() - 60_000;
  for (let n = 0; n < requests; n += 1) {
    const at = { start_time: BigInt(now - n * 1_000) * 1_000n, trace_id: randomBytes(16) };
    const named = { ...service, operation_name: name, ...at };
    const duration = BigInt(20_000 + n);
    await insert('service_operation_index', named);
    await insert('duration_index', { ...named, bucket: hourOf(at.start_time), duration });
    await insert('traces', {
      ...at,
      span_id: BigInt(n + 1),
      span_hash: 1n,
      operation_name: name,
      duration,
      tags: [{ key: 'span.kind', value_type: 'string', value_string: 'server' }],
      process: service,
    });
  }
}

/** Jaeger rounds a start to the nearest hour. */
const hourOf = (start: bigint): Date =>
  new Date(Math.round(Number(start) / 3_600_000_000) * 3_600_000);
