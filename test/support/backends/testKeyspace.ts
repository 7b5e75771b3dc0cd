import { startCassandra, type CassandraStart } from './cassandra.ts';
import { withClient, type CassandraAddress } from './cassandraConnection.ts';
import { applyJaegerSchema } from './jaegerSchema.ts';

/** A keyspace with Jaeger's tables that tests may write to. */
export interface TestKeyspace {
  readonly address: CassandraAddress;
  readonly keyspace: string;
  /** Whether it is a cluster that was there before, with others' traces in it perhaps. */
  readonly isGiven: boolean;
  stop(): Promise<void>;
}

/**
 * A Cassandra started for the tests; with `SPANHOP_TEST_CASSANDRA=host:port` that cluster, ScyllaDB included. More about
 * it: `SPANHOP_TEST_CASSANDRA_` `USER`, `PASSWORD`, `DATACENTER` (`datacenter1`), `TLS_CA` (a PEM file) and `KEYSPACE`
 * (`spanhop_test`; made with Jaeger's tables where it does not exist).
 */
export async function openTestKeyspace(start: CassandraStart = {}): Promise<TestKeyspace> {
  const given = givenCluster(process.env);
  const started = given ? undefined : await startCassandra(start);
  const address = given?.address ?? started!;
  const keyspace = given?.keyspace ?? 'jaeger_v1_dc1';
  try {
    await withClient(address, (client) => applyJaegerSchema(client, { keyspace }));
  } catch (error) {
    await started?.stop();
    throw error;
  }
  return { address, keyspace, isGiven: given !== undefined, stop: async () => started?.stop() };
}

const prefix = 'SPANHOP_TEST_CASSANDRA';

/** The cluster that these variables name, if they do. Throws on an address that is none. */
export function givenCluster(
  env: Readonly<Record<string, string | undefined>>,
): { readonly address: CassandraAddress; readonly keyspace: string } | undefined {
  const value = (name: string) => env[`${prefix}_${name}`] || undefined;
  const given = env[prefix] ?? '';
  if (given === '') return undefined;
  const [, host, port] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(given) ?? [];
  if (host === undefined) throw new Error(`${prefix} is ${given}, which is not host:port.`);
  const user = value('USER');
  const caFile = value('TLS_CA');
  return {
    address: {
      host,
      port: Number(port),
      localDataCenter: value('DATACENTER') ?? 'datacenter1',
      credentials: user === undefined ? undefined : { user, password: value('PASSWORD') ?? '' },
      tls: caFile === undefined ? undefined : { caFile, verify: true, client: undefined },
    },
    keyspace: value('KEYSPACE') ?? 'spanhop_test',
  };
}
