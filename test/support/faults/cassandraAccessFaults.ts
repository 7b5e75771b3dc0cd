import { asReader, onCassandra, setBack, type CassandraStage } from './onCassandra.ts';
import { withUsers } from './cassandraProcessFaults.ts';
import { keyspace, reader } from './sharedCassandra.ts';

const fault = onCassandra(withUsers, asReader);
const faultOfQuorum = onCassandra(withUsers, (times) => ({
  ...asReader(times),
  consistency: 'QUORUM',
}));
const { user, password } = reader;

/** As whoever administers it, one statement after the other. */
const run =
  (...statements: readonly string[]) =>
  ({ cassandra }: CassandraStage) =>
    cassandra.ask(async (client) => {
      for (const statement of statements) await client.execute(statement);
    });

const revoke = `REVOKE SELECT ON KEYSPACE ${keyspace} FROM ${user}`;
const grant = `GRANT SELECT ON KEYSPACE ${keyspace} TO ${user}`;
const namesOnly = ['service_names', 'operation_names_v2'].map((table) => `${keyspace}.${table}`);
const denied =
  /^Cassandra at \S+ denied access: user reader needs the SELECT permission on keyspace jaeger_v1_dc1\.$/;
const rejected = /^Cassandra at \S+ rejected user reader or the password\. Check both\.$/;

/** What it lets nobody read, or not this user, and what isn't there. */
export const cassandraAccessFaults = [
  fault({
    title: 'wrong password',
    figures: 'gone',
    says: rejected,
    begin: ({ set }) => set({ password: 'guessed' }),
    end: setBack,
  }),
  fault({
    title: 'password changed on the server',
    says: rejected,
    begin: async (stage) => {
      await run(`ALTER ROLE ${user} WITH PASSWORD = 'changed'`)(stage);
      stage.relay.to(stage.cassandra.running().port);
    },
    end: run(`ALTER ROLE ${user} WITH PASSWORD = '${password}'`),
  }),
  fault({
    title: 'no user and password',
    figures: 'gone',
    says: /^Cassandra at \S+ requires a user and a password\. Set both\.$/,
    begin: ({ set }) => set({ user: undefined, password: undefined }),
    end: setBack,
  }),
  fault({ title: 'permission revoked', says: denied, begin: run(revoke), end: run(grant) }),
  fault({
    title: 'permission on some tables only',
    says: denied,
    begin: run(revoke, ...namesOnly.map((table) => `GRANT SELECT ON ${table} TO ${user}`)),
    end: run(...namesOnly.map((table) => `REVOKE SELECT ON ${table} FROM ${user}`), grant),
  }),
  fault({
    title: 'wrong data center',
    figures: 'gone',
    says: /^127\.0\.0\.1:\d+ is in data center datacenter1, not in dc9\. Check the data center\.$/,
    begin: ({ set }) => set({ localDataCenter: 'dc9' }),
    end: setBack,
  }),
  fault({
    title: 'wrong keyspace',
    figures: 'gone',
    says: /^Cassandra at \S+ has no keyspace jaeger\. Check the keyspace\.$/,
    begin: ({ set }) => set({ keyspace: 'jaeger' }),
    end: setBack,
  }),
  fault({
    title: "a keyspace without Jaeger's tables",
    figures: 'gone',
    says: /^Keyspace system_auth in \S+ has no table traces: Jaeger's schema job .+ hasn't run/,
    begin: ({ set }) => set({ keyspace: 'system_auth' }),
    end: setBack,
  }),
  fault({
    title: 'a table dropped',
    says: /^Keyspace jaeger_v1_dc1 in \S+ has no table duration_index: Jaeger's schema job/,
    begin: run(`DROP TABLE ${keyspace}.duration_index`),
    end: ({ cassandra }) => cassandra.fill(),
  }),
  faultOfQuorum({
    title: 'too few replicas for the consistency (QUORUM of three, one up)',
    says: /^Too few nodes of Cassandra at \S+ are up for consistency level QUORUM\. Check the cluster/,
    begin: replicas(3),
    end: replicas(1),
  }),
  fault({
    title: 'more deleted rows than it reads (tombstone_failure_threshold)',
    says: /^Cassandra at \S+ gave up reading: too many deleted rows, .+ Shorten the time range/,
    begin: ({ cassandra }) =>
      cassandra.ask(async (client) => {
        const remove = `DELETE FROM ${keyspace}.operation_names_v2 WHERE service_name = 'shop-api' AND span_kind = 'server' AND operation_name = ?`;
        for (let n = 0; n < 1_200; n += 100)
          await client.batch(
            Array.from({ length: 100 }, (_, index) => ({
              query: remove,
              params: [`GET /deleted/${String(n + index)}`],
            })),
            { prepare: true, logged: false },
          );
      }),
    end: async (stage) => {
      await run(`TRUNCATE ${keyspace}.operation_names_v2`)(stage);
      await stage.cassandra.fill();
    },
  }),
];

function replicas(count: number) {
  return run(
    `ALTER KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${String(count)}}`,
  );
}
