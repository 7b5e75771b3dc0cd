import assert from 'node:assert/strict';

import { jaegerSchema } from '../../support/backends/jaegerSchema.ts';
import { givenCluster } from '../../support/backends/testKeyspace.ts';

describe("Jaeger's schema for Cassandra", () => {
  it('has its own keyspace, life of traces and windows', async () => {
    const statements = await jaegerSchema({ keyspace: 'mine', traceTtlSeconds: 3_600 });
    const tables = statements.filter((statement) => statement.startsWith('CREATE TABLE'));
    assert.equal(tables.length, 11);
    assert.ok(statements.every((statement) => !statement.includes('jaeger_v1_dc1')));
    const ofTraces = tables.find((table) => table.includes('mine.traces'));
    assert.match(ofTraces ?? '', /'compaction_window_size': '2'.+default_time_to_live = 3600/s);
    assert.equal(tables.filter((table) => table.includes('time_to_live = 3600')).length, 7);
  });

  it("is what Jaeger's job makes for two days by default", async () => {
    const text = (await jaegerSchema({ keyspace: 'jaeger_v1_dc1' })).join();
    assert.match(text, /'compaction_window_size': '96'.+default_time_to_live = 172800/s);
    assert.match(text, /'replication_factor': '1'/);
  });
});

describe('the cluster that the tests are given', () => {
  it('is none without the variable', () => {
    assert.equal(givenCluster({}), undefined);
    assert.equal(givenCluster({ SPANHOP_TEST_CASSANDRA: '' }), undefined);
  });

  it('is an address, with usual names where nothing more is said', () => {
    assert.deepEqual(givenCluster({ SPANHOP_TEST_CASSANDRA: 'scylla.test:19042' }), {
      address: {
        host: 'scylla.test',
        port: 19_042,
        localDataCenter: 'datacenter1',
        credentials: undefined,
        tls: undefined,
      },
      keyspace: 'spanhop_test',
    });
  });

  it('is entered with a user and over TLS where those are given', () => {
    const given = givenCluster({
      SPANHOP_TEST_CASSANDRA: '[::1]:9042',
      SPANHOP_TEST_CASSANDRA_USER: 'tester',
      SPANHOP_TEST_CASSANDRA_PASSWORD: 'secret',
      SPANHOP_TEST_CASSANDRA_DATACENTER: 'dc1',
      SPANHOP_TEST_CASSANDRA_KEYSPACE: 'jaeger_v1_dc1',
      SPANHOP_TEST_CASSANDRA_TLS_CA: '/etc/ca.pem',
    });
    assert.deepEqual(given, {
      address: {
        host: '::1',
        port: 9_042,
        localDataCenter: 'dc1',
        credentials: { user: 'tester', password: 'secret' },
        tls: { caFile: '/etc/ca.pem', verify: true, client: undefined },
      },
      keyspace: 'jaeger_v1_dc1',
    });
  });

  it('is refused without a port', () => {
    assert.throws(() => givenCluster({ SPANHOP_TEST_CASSANDRA: 'scylla.test' }), /not host:port/);
  });
});
