import { homedir } from 'node:os';

import { isSourceError } from '../../core/base/sourceError.ts';
import { message } from '../../core/base/message.ts';
import type { SettingReader } from '../../core/base/setting.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import type { AskedAddress, SourceDescriptor, SourceSecret } from '../sourceDescriptor.ts';
import { cassandraCommandLine, pointsOf, textOf } from './commandLine.ts';
import { readContactPoint } from './cql/contactPoint.ts';
import {
  cassandraSettings,
  type CassandraSettings,
  type CassandraValues,
  type TlsSettings,
} from './settings.ts';

type Reader = SettingReader<CassandraValues>;

const place = (setting: Reader) =>
  visibleText(setting('spanhop.cassandra.contactPoints').join(', '));

const address = {
  command: 'spanhop.setCassandraContactPoints',
  question: (setting) => ({
    title: message('Cassandra Contact Points'),
    prompt: message('Host or host:port of one node or more, separated by commas'),
    value: setting('spanhop.cassandra.contactPoints').join(', '),
    placeHolder: 'localhost:9042',
    check: (line) => {
      const points = pointsOf(line);
      return points.length === 0
        ? message('Enter at least one host.')
        : points.map(problemOf).find((problem) => problem !== undefined);
    },
  }),
  settings: (line) => ({ 'spanhop.cassandra.contactPoints': pointsOf(line) }),
} as const satisfies AskedAddress<CassandraValues>;

function problemOf(point: string): string | undefined {
  try {
    readContactPoint(point);
    return undefined;
  } catch (error) {
    if (isSourceError(error)) return error.message;
    throw error;
  }
}

/** One for each user, of the cluster that these points lead to, in whatever order. */
const password = {
  storedAs: 'spanhop.cassandraPassword',
  boundTo: (setting) => {
    const points = setting('spanhop.cassandra.contactPoints');
    if (points.length === 0 || points.some((point) => problemOf(point) !== undefined))
      return undefined;
    return [...new Set(points.map((point) => readContactPoint(point).shown.toLowerCase()))]
      .sort()
      .join(', ');
  },
  unbound: () => message('Set the Cassandra contact points first.'),
  commands: {
    set: 'spanhop.setCassandraPassword',
    remove: 'spanhop.removeCassandraPasswords',
  },
  remedy: () => message('Set Cassandra password'),
  name: (points, setting) => ({
    title: message('Cassandra User for {0} (1/2)', points),
    prompt: message('User that can read the keyspace'),
    value: setting('spanhop.cassandra.user'),
    check: (name) => (name.trim() === '' ? message('Enter a user.') : undefined),
  }),
  settings: (name) => ({ 'spanhop.cassandra.user': name.trim() }),
  value: (points, name) => ({
    title: message('Cassandra Password for {0} (2/2)', points),
    prompt: message(
      'Password of {0}, kept in secret storage and sent only to {1}',
      name.trim(),
      points,
    ),
    password: true,
    check: (text) => (text === '' ? message('Enter a password.') : undefined),
  }),
  removed: (points) => message('Removed saved passwords for {0}.', points),
} as const satisfies SourceSecret<CassandraValues>;

/** A Cassandra or ScyllaDB that a Jaeger writes to, read without the Jaeger. */
export const cassandra = {
  kind: 'cassandra',
  editor: {
    label: () => 'Cassandra',
    icon: 'server-environment',
    detail: (setting) =>
      message("Reads Jaeger's tables in Cassandra or ScyllaDB at {0}", place(setting)),
    place,
    settings: cassandraSettings,
    address,
    secret: password,
    discovers: {
      undiscovered: {
        'spanhop.cassandra.localDataCenter': '',
        'spanhop.cassandra.keyspace': '',
      },
    },
    read: ({ setting, secrets }) => {
      const user = textOf(setting('spanhop.cassandra.user'));
      return {
        kind: 'cassandra',
        contactPoints: setting('spanhop.cassandra.contactPoints'),
        localDataCenter: textOf(setting('spanhop.cassandra.localDataCenter')),
        keyspace: textOf(setting('spanhop.cassandra.keyspace')),
        user,
        password: user === undefined ? undefined : secrets[user],
        consistency: setting('spanhop.cassandra.consistency'),
        tls: setting('spanhop.cassandra.tls.enabled') ? tlsOf(setting) : undefined,
        timeoutMs: setting('spanhop.cassandra.timeoutSeconds') * 1_000,
        maxBytes: setting('spanhop.cassandra.maxResponseMegabytes') * 1_000_000,
      };
    },
  },
  commandLine: cassandraCommandLine,
} as const satisfies SourceDescriptor<CassandraSettings, CassandraValues>;

function tlsOf(setting: Reader): TlsSettings {
  const file = (id: 'caFile' | 'certFile' | 'keyFile') =>
    textOf(setting(`spanhop.cassandra.tls.${id}`))?.replace(/^~(?=[\\/])/, homedir());
  return {
    caFile: file('caFile'),
    certFile: file('certFile'),
    keyFile: file('keyFile'),
    serverName: textOf(setting('spanhop.cassandra.tls.serverName')),
    verify: setting('spanhop.cassandra.tls.verify'),
  };
}
