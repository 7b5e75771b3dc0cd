import type { SettingEntries } from '../../core/base/setting.ts';
import type { CqlConsistency } from './cql/options.ts';

/** How a cluster is read. The password is never logged. */
export interface CassandraSettings {
  readonly kind: 'cassandra';
  /** `host` or `host:port`; only these are dialled. */
  readonly contactPoints: readonly string[];
  /** Undefined: that of the point which answers. */
  readonly localDataCenter: string | undefined;
  /** Undefined: the one that has Jaeger's tables. */
  readonly keyspace: string | undefined;
  /** Undefined: no sign-in. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly consistency: CqlConsistency;
  /** Undefined: no TLS. */
  readonly tls: TlsSettings | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Paths of PEM files, absolute; undefined: none. */
export interface TlsSettings {
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly serverName: string | undefined;
  /** False: any certificate is taken. */
  readonly verify: boolean;
}

export interface CassandraValues {
  'spanhop.cassandra.contactPoints': readonly string[];
  'spanhop.cassandra.localDataCenter': string;
  'spanhop.cassandra.keyspace': string;
  'spanhop.cassandra.user': string;
  'spanhop.cassandra.consistency': CqlConsistency;
  'spanhop.cassandra.timeoutSeconds': number;
  'spanhop.cassandra.maxResponseMegabytes': number;
  'spanhop.cassandra.tls.enabled': boolean;
  'spanhop.cassandra.tls.caFile': string;
  'spanhop.cassandra.tls.certFile': string;
  'spanhop.cassandra.tls.keyFile': string;
  'spanhop.cassandra.tls.serverName': string;
  'spanhop.cassandra.tls.verify': boolean;
}

/** A workspace that isn't trusted chooses no server, no file that is read, and not how a server proves itself. */
const text = { type: 'string', default: '', scope: 'window', restricted: true } as const;

export const cassandraSettings: SettingEntries<CassandraValues> = {
  'spanhop.cassandra.contactPoints': {
    type: 'array',
    default: ['localhost:9042'],
    scope: 'window',
    restricted: true,
  },
  'spanhop.cassandra.localDataCenter': text,
  'spanhop.cassandra.keyspace': text,
  'spanhop.cassandra.user': text,
  'spanhop.cassandra.consistency': {
    type: 'string',
    default: 'LOCAL_ONE',
    scope: 'window',
    restricted: false,
    values: ['LOCAL_ONE', 'ONE', 'LOCAL_QUORUM', 'QUORUM'],
  },
  'spanhop.cassandra.timeoutSeconds': {
    type: 'number',
    default: 15,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 300,
  },
  'spanhop.cassandra.maxResponseMegabytes': {
    type: 'number',
    default: 64,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 512,
  },
  'spanhop.cassandra.tls.enabled': {
    type: 'boolean',
    default: false,
    scope: 'window',
    restricted: true,
  },
  'spanhop.cassandra.tls.caFile': text,
  'spanhop.cassandra.tls.certFile': text,
  'spanhop.cassandra.tls.keyFile': text,
  'spanhop.cassandra.tls.serverName': text,
  'spanhop.cassandra.tls.verify': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: true,
  },
};
