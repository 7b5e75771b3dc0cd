import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'cassandra-driver';

import { cassandraFolder } from './cassandraProgram.ts';

export interface JaegerSchema {
  readonly keyspace: string;
  /** `TRACE_TTL`; Jaeger's own default is two days. */
  readonly traceTtlSeconds?: number;
  readonly replicationFactor?: number;
}

/** What the file was made with. */
const made = { keyspace: /jaeger_v1_dc1/g, ttl: /\b172800\b/g, window: /'96'/g };
const usualTtlSeconds = 172_800;
/** Schema changes wait for each other, and the first ones for a Java that has just started. */
const statementTimeoutMs = 60_000;

/** Makes the keyspace and the tables as Jaeger's schema job (v004) does; what there is already is left alone. */
export async function applyJaegerSchema(client: Client, schema: JaegerSchema): Promise<void> {
  for (const statement of await jaegerSchema(schema))
    await client.execute(statement, [], { readTimeout: statementTimeoutMs });
}

/** The statements of Jaeger's schema v004, in order. */
export async function jaegerSchema({
  keyspace,
  traceTtlSeconds = usualTtlSeconds,
  replicationFactor = 1,
}: JaegerSchema): Promise<readonly string[]> {
  const file = await readFile(join(cassandraFolder, 'jaeger-v004.cql'), 'utf8');
  const text = file
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(made.keyspace, keyspace)
    .replaceAll(made.ttl, String(traceTtlSeconds))
    .replaceAll(made.window, `'${String(compactionMinutes(traceTtlSeconds))}'`)
    .replace(`'replication_factor': '1'`, `'replication_factor': '${String(replicationFactor)}'`);
  return text
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** As create.sh computes it: the length of a trace's life in at most thirty windows. */
const compactionMinutes = (ttlSeconds: number): number =>
  Math.max(1, Math.ceil(Math.floor(ttlSeconds / 60) / 30));
