import { namedFile } from '../namedFile.ts';
import type { GivenFlags, SourceOnCommandLine } from '../sourceDescriptor.ts';
import type { CassandraSettings } from './settings.ts';

/** `--cassandra HOST`: what isn't said is found on the server. */
export const cassandraCommandLine = {
  flags: {
    cassandra: {
      value: 'HOST[:PORT][,…]',
      help: "Cassandra or ScyllaDB with Jaeger's tables; password: SPANHOP_CASSANDRA_PASSWORD",
    },
    keyspace: { value: 'NAME', help: "keyspace (default: the one with Jaeger's tables)" },
    datacenter: { value: 'NAME', help: 'data center (default: that of the node that answers)' },
    user: { value: 'NAME', help: 'user, where Cassandra requires one' },
    'tls-ca': { value: 'FILE', help: 'connect with TLS; certificate authority (PEM)' },
    'tls-cert': { value: 'FILE', help: 'connect with TLS; certificate of the client (PEM)' },
    'tls-key': { value: 'FILE', help: 'its key, where it is another file' },
  },
  read: (given: GivenFlags): CassandraSettings => {
    const [caFile, certFile, keyFile] = ['tls-ca', 'tls-cert', 'tls-key'].map((flag) =>
      textOf(given.text(flag)),
    );
    return {
      kind: 'cassandra',
      contactPoints: pointsOf(given.text('cassandra')),
      localDataCenter: textOf(given.text('datacenter')),
      keyspace: textOf(given.text('keyspace')),
      user: textOf(given.text('user')),
      password: undefined,
      consistency: 'LOCAL_ONE',
      tls:
        caFile === undefined && certFile === undefined
          ? undefined
          : { caFile, certFile, keyFile, serverName: undefined, verify: true },
      timeoutMs: given.timeoutMs,
      maxBytes: 256 * 1_024 * 1_024,
    };
  },
  locate: ({ tls, ...settings }, { cwd, env }) => ({
    ...settings,
    password: textOf(env['SPANHOP_CASSANDRA_PASSWORD'] ?? ''),
    tls: tls && {
      ...tls,
      caFile: tls.caFile && namedFile(tls.caFile, cwd, 'Certificate file'),
      certFile: tls.certFile && namedFile(tls.certFile, cwd, 'Certificate file'),
      keyFile: tls.keyFile && namedFile(tls.keyFile, cwd, 'Key file'),
    },
  }),
  wording: {
    '{0} at {1} requires a user and a password. Set both.':
      '{0} at {1} requires a user and a password. Set --user and the environment variable SPANHOP_CASSANDRA_PASSWORD.',
    '{0} at {1} rejected user {2} or the password. Check both.':
      '{0} at {1} rejected user {2} or the password. Check --user and SPANHOP_CASSANDRA_PASSWORD.',
    "The certificate of {0} isn't trusted ({1}). Set its certificate authority (CA).":
      "The certificate of {0} isn't trusted ({1}). Set its certificate authority (CA) with --tls-ca.",
    '{0} requires a client certificate. Set its certificate and key files ({1}, {2}).':
      '{0} requires a client certificate. Name it with --tls-cert and --tls-key.',
    "{0} doesn't accept the client certificate. Check its files ({1}, {2}).":
      "{0} doesn't accept the client certificate. Check --tls-cert and --tls-key.",
    "Can't use the client certificate ({0}). Check its files ({1}, {2}): the key must belong to it and have no passphrase.":
      "Can't use the client certificate ({0}). Check --tls-cert and --tls-key: the key must belong to it and have no passphrase.",
    "Several keyspaces of {0} at {1} have Jaeger's tables: {2}. Choose one.":
      "Several keyspaces of {0} at {1} have Jaeger's tables: {2}. Choose one with --keyspace.",
    '{0} at {1} has no keyspace {2}. Check the keyspace.':
      '{0} at {1} has no keyspace {2}. Check --keyspace.',
    '{0} is in data center {1}, not in {2}. Check the data center.':
      '{0} is in data center {1}, not in {2}. Check --datacenter.',
    "{0} at {1} didn't respond within {2} s. Check the cluster, shorten the time range, or increase the request timeout in Settings.":
      "{0} at {1} didn't respond within {2} s. Check the cluster, shorten --window, or increase --timeout.",
  },
} as const satisfies SourceOnCommandLine<CassandraSettings>;

/** Contact points as they are written on one line. */
export const pointsOf = (line: string): readonly string[] =>
  line
    .split(',')
    .map((point) => point.trim())
    .filter((point) => point !== '');

/** Undefined where nothing is said. */
export const textOf = (text: string): string | undefined =>
  text.trim() === '' ? undefined : text.trim();
