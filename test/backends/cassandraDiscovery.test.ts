import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { isSourceError } from '../../src/core/base/sourceError.ts';
import { discoverCassandra } from '../../src/sources/cassandra/discoverCassandra.ts';
import type { CassandraSettings } from '../../src/sources/cassandra/settings.ts';
import { startCassandra, type RunningCassandra } from '../support/backends/cassandra.ts';
import { withClient } from '../support/backends/cassandraConnection.ts';
import { applyJaegerSchema } from '../support/backends/jaegerSchema.ts';

const run = promisify(execFile);

describe('a real Cassandra with users and TLS, asked what else it needs', function () {
  this.timeout(240_000);
  let cassandra: RunningCassandra;
  before(async () => {
    cassandra = await startCassandra({ authentication: true, tls: 'valid' });
    const kept = { keyspace: 'jaeger_v1_dc1' };
    await withClient(cassandra, (client) => applyJaegerSchema(client, kept));
  });
  after(() => cassandra.stop());

  const ask = (changed: Partial<CassandraSettings> = {}) => {
    const { host, port, credentials, tls } = cassandra;
    const settings: CassandraSettings = {
      kind: 'cassandra',
      contactPoints: [`${host}:${String(port)}`],
      localDataCenter: undefined,
      keyspace: undefined,
      user: credentials?.user,
      password: credentials?.password,
      consistency: 'LOCAL_ONE',
      tls: {
        caFile: tls?.caFile,
        certFile: undefined,
        keyFile: undefined,
        serverName: undefined,
        verify: true,
      },
      timeoutMs: 20_000,
      maxBytes: 1_000_000,
    };
    return discoverCassandra({ ...settings, ...changed }, AbortSignal.timeout(30_000));
  };
  const refusal = (changed: Partial<CassandraSettings>) =>
    ask(changed).then(
      () => 'answered',
      (error: unknown) => (isSourceError(error) ? error.code : error),
    );

  it('says that it wants a user and a password, and tells a wrong one', async () => {
    assert.equal(await refusal({ user: undefined, password: undefined }), 'unauthorized');
    assert.equal(await refusal({ password: 'guessed' }), 'unauthorized');
  });

  it("says data center and keyspace, told by Jaeger's tables", async () => {
    const found = await ask();
    assert.ok(found.kind === 'found');
    assert.deepEqual(found.settings, {
      'spanhop.cassandra.localDataCenter': 'datacenter1',
      'spanhop.cassandra.keyspace': 'jaeger_v1_dc1',
    });
    assert.match(found.said, /^Connected to Cassandra 5\.0\.\d+ at .+: data center datacenter1/);
  });

  it('is not trusted without its authority, unless nobody asks', async () => {
    const tls = {
      caFile: undefined,
      certFile: undefined,
      keyFile: undefined,
      serverName: undefined,
    };
    assert.equal(await refusal({ tls: { ...tls, verify: true } }), 'unreachable');
    assert.equal((await ask({ tls: { ...tls, verify: false } })).kind, 'found');
    assert.equal(await refusal({ tls: undefined }), 'unreachable');
  });

  it('is read by the command line with user, password and authority, and what else it needs is found', async () => {
    const { host, port, tls } = cassandra;
    const spanhop = (env: Readonly<Record<string, string>>, ...flags: string[]) => {
      const point = `${host}:${String(port)}`;
      const args = ['src/cli/main.ts', 'traces', '--json', '--cassandra', point, ...flags];
      return run(process.execPath, args, { env: { ...process.env, ...env } });
    };
    const password = { SPANHOP_CASSANDRA_PASSWORD: 'cassandra' };
    const signedIn = ['--user', 'cassandra', '--tls-ca', tls?.caFile ?? ''];
    const { stdout } = await spanhop(password, ...signedIn);
    assert.deepEqual((JSON.parse(stdout) as { traces: unknown[] }).traces, []);
    await assert.rejects(spanhop({}, ...signedIn), /Check --user and SPANHOP_CASSANDRA_PASSWORD/);
    await assert.rejects(spanhop(password, ...signedIn.slice(2)), /Set --user and the environment/);
    await assert.rejects(spanhop(password, ...signedIn, '--keyspace', 'none'), /Check --keyspace/);
    await assert.rejects(
      spanhop(password, ...signedIn, '--datacenter', 'dc9'),
      /Check --datacenter/,
    );
  });

  it('lets choose where several keyspaces have the tables, and takes the one that was chosen', async () => {
    const other = { keyspace: 'jaeger_v1_test' };
    await withClient(cassandra, (client) => applyJaegerSchema(client, other));
    const several = await ask();
    assert.ok(several.kind === 'several');
    assert.deepEqual(
      several.choices.map(({ label }) => label),
      ['jaeger_v1_dc1', 'jaeger_v1_test'],
    );
    const chosen = await ask({ keyspace: 'jaeger_v1_test' });
    assert.equal(chosen.kind, 'found');
  });
});
