import type { CassandraAddress } from './cassandraConnection.ts';
import { startJaeger, type RunningJaeger1 } from './jaeger.ts';

/** What a Cassandra on a busy machine gets late; of its own 2,000 Jaeger drops the rest without a word. */
const queueSpans = 200_000;

/**
 * Starts a Jaeger 1.67.0 that keeps its traces in this keyspace, which has Jaeger's schema already.
 * @param settings more of its environment
 */
export function startJaegerOnCassandra(
  cassandra: CassandraAddress,
  keyspace: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningJaeger1> {
  const queue = { COLLECTOR_QUEUE_SIZE: String(queueSpans) };
  const env = { ...cassandraStorage(cassandra, keyspace), ...queue, ...settings };
  return startJaeger({ env, hostNetwork: true });
}

/** What Jaeger 1.67 reads of its environment (https://www.jaegertracing.io/docs/1.67/deployment/#cassandra). */
const cassandraStorage = (
  { host, port, localDataCenter, credentials, tls }: CassandraAddress,
  keyspace: string,
): Readonly<Record<string, string>> => ({
  SPAN_STORAGE_TYPE: 'cassandra',
  CASSANDRA_SERVERS: host,
  CASSANDRA_PORT: String(port),
  CASSANDRA_KEYSPACE: keyspace,
  CASSANDRA_LOCAL_DC: localDataCenter,
  CASSANDRA_PROTO_VERSION: '4',
  CASSANDRA_TIMEOUT: '20s',
  ...(credentials && {
    CASSANDRA_USERNAME: credentials.user,
    CASSANDRA_PASSWORD: credentials.password,
    // 1.67 takes none by default.
    CASSANDRA_BASIC_ALLOWED_AUTHENTICATORS: 'org.apache.cassandra.auth.PasswordAuthenticator',
  }),
  ...(tls && {
    CASSANDRA_TLS_ENABLED: 'true',
    CASSANDRA_TLS_CA: tls.caFile,
    CASSANDRA_TLS_SKIP_HOST_VERIFY: String(!tls.verify),
  }),
});
