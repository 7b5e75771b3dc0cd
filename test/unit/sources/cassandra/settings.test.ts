import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { readCommandLine } from '../../../../src/cli/commandLine.ts';
import type { SettingReader } from '../../../../src/core/base/setting.ts';
import { UsageError } from '../../../../src/core/base/usageError.ts';
import { cqlOptionsOf } from '../../../../src/sources/cassandra/cqlOptions.ts';
import { cassandra } from '../../../../src/sources/cassandra/descriptor.ts';
import {
  cassandraSettings,
  type CassandraSettings,
  type CassandraValues,
} from '../../../../src/sources/cassandra/settings.ts';
import { located } from '../../../../src/sources/registry.ts';

const withSet =
  (set: Partial<CassandraValues>): SettingReader<CassandraValues> =>
  (id) =>
    set[id] ?? cassandraSettings[id].default;

const readEditor = (set: Partial<CassandraValues>, secrets: Record<string, string> = {}) =>
  cassandra.editor.read({ setting: withSet(set), secrets, databasePath: '' });

describe('Cassandra in the settings', () => {
  it('is found on this machine, in whatever keyspace and data center, without user and TLS', () => {
    const { contactPoints, keyspace, localDataCenter, user, password, tls } = readEditor({});
    assert.deepEqual(contactPoints, ['localhost:9042']);
    assert.deepEqual([keyspace, localDataCenter, user, password, tls], Array(5).fill(undefined));
  });

  it('is given the password of its user, and of no other', () => {
    const set = { 'spanhop.cassandra.user': 'reader' };
    assert.equal(readEditor(set, { reader: 'a', other: 'b' }).password, 'a');
    assert.equal(readEditor(set, { other: 'b' }).password, undefined);
    assert.equal(readEditor({}, { reader: 'a' }).password, undefined);
  });

  it('has TLS once it is turned on, with files of the home folder', () => {
    const files = { 'spanhop.cassandra.tls.caFile': '~/ca.pem' };
    assert.equal(readEditor(files).tls, undefined);
    const { tls } = readEditor({ ...files, 'spanhop.cassandra.tls.enabled': true });
    assert.equal(tls?.caFile, join(homedir(), 'ca.pem'));
    assert.equal(tls.verify, true);
  });

  it('keeps passwords by the servers that the contact points mean, however they are written', () => {
    const boundTo = (...points: string[]) =>
      cassandra.editor.secret.boundTo(withSet({ 'spanhop.cassandra.contactPoints': points }));
    const both = boundTo('db-1', 'DB-2:9042');
    assert.equal(both, 'db-1:9042, db-2:9042');
    assert.equal(boundTo('db-2', ' db-1:9042', 'db-1'), both);
    for (const others of [['db-1'], ['db-1', 'db-2:9043'], ['db-1', 'db-2', 'db-3']])
      assert.notEqual(boundTo(...others), both);
    for (const invalid of [[], ['db-1', 'a b']]) assert.equal(boundTo(...invalid), undefined);
  });

  it('lets no workspace that is not trusted choose a server, a user, a file or how it proves itself', () => {
    const free = Object.entries(cassandraSettings).filter(([, { restricted }]) => !restricted);
    assert.deepEqual(
      free.map(([id]) => id.slice('spanhop.cassandra.'.length)),
      ['consistency', 'timeoutSeconds', 'maxResponseMegabytes'],
    );
  });
});

describe('Cassandra on the command line', () => {
  const read = (...args: string[]): CassandraSettings => {
    const line = readCommandLine(['endpoints', ...args], () => false);
    assert.ok(line.command === 'endpoints' && line.source.kind === 'cassandra');
    return line.source;
  };

  it('takes several points, what narrows them down, and the timeout of all sources', () => {
    const found = read(
      ...['--cassandra', 'a, b:9043', '--keyspace', 'k', '--datacenter', 'd'],
      ...['--user', 'u', '--timeout', '7'],
    );
    assert.deepEqual(found.contactPoints, ['a', 'b:9043']);
    assert.deepEqual(
      [found.keyspace, found.localDataCenter, found.user, found.timeoutMs],
      ['k', 'd', 'u', 7_000],
    );
  });

  it('has its password from the environment only, and finds its certificates from where it runs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanhop-ca-'));
    try {
      for (const name of ['ca.pem', 'client.pem'])
        writeFileSync(join(folder, name), '-----BEGIN CERTIFICATE-----\n');
      const line = read(
        ...['--cassandra', 'a', '--user', 'u', '--tls-ca', 'ca.pem'],
        ...['--tls-cert', 'client.pem'],
      );
      const env = { SPANHOP_CASSANDRA_PASSWORD: 'secret' };
      const { password, tls } = located<'cassandra'>(line, { cwd: folder, env });
      assert.equal(password, 'secret');
      assert.equal(tls?.caFile, join(folder, 'ca.pem'));
      assert.equal(tls.certFile, join(folder, 'client.pem'));
      assert.throws(() => located<'cassandra'>(line, { cwd: tmpdir(), env }), UsageError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a certificate file', () => {
  const options = (caFile: string) => {
    const set = { 'spanhop.cassandra.tls.enabled': true, 'spanhop.cassandra.tls.caFile': caFile };
    return cqlOptionsOf(readEditor(set));
  };

  it('is read as text', () => {
    const ca = join(import.meta.dirname, '../../../fixtures/tls/ca.pem');
    assert.match(options(ca).tls?.ca ?? '', /-----BEGIN CERTIFICATE-----/);
  });

  it('that is none is refused with its path, whatever it is', () => {
    for (const path of ['/nowhere/ca.pem', tmpdir(), '/dev/zero', process.execPath])
      assert.throws(
        () => options(path),
        (error: Error) => error.name === 'SourceError' && error.message.includes(path),
      );
  });
});
