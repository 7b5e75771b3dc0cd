import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

import type { CqlOptions } from '../../../../../src/sources/cassandra/cql/options.ts';
import { openCql, type CqlSession } from '../../../../../src/sources/cassandra/cql/session.ts';
import { cqlOptions } from '../../../../support/cql/cqlOptions.ts';
import {
  fakeError,
  jaegerTables,
  startFakeCluster,
  type FakeCluster,
  type FakeClusterOptions,
  type FakeError,
  type FakeTable,
} from '../../../../support/cql/fakeCluster.ts';
import { eventually } from '../../../../support/eventually.ts';

const until = (holds: () => boolean) =>
  eventually(
    'the state',
    () => Promise.resolve(holds()),
    (held) => held,
  );
const signal = () => new AbortController().signal;
const select = 'SELECT service_name FROM service_names';

/** The table of services, in these pages. */
const services = (pages: FakeTable['pages']): FakeTable => ({
  query: 'FROM service_names',
  columns: [{ name: 'service_name', type: 'text' }],
  pages,
});
const rowsOf = (...names: readonly string[]) => names.map((service_name) => ({ service_name }));

async function withCluster(
  options: FakeClusterOptions,
  test: (cluster: FakeCluster, open: (more?: Partial<CqlOptions>) => CqlSession) => Promise<void>,
): Promise<void> {
  const cluster = await startFakeCluster(options);
  const sessions: CqlSession[] = [];
  try {
    await test(cluster, (more) => {
      const session = openCql(cqlOptions(cluster.point, more));
      sessions.push(session);
      return session;
    });
  } finally {
    for (const session of sessions) await session.close();
    await cluster.close();
  }
}

async function names(session: CqlSession, stop = signal()): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  for await (const row of session.rows(select, [], { signal: stop }))
    read.push(row['service_name']);
  return read;
}

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof Error);
    return { code: (error as Error & { code: string }).code, message: error.message };
  }
  throw new assert.AssertionError({ message: 'it did not fail' });
}

describe('a CQL session', function () {
  this.timeout(20_000);

  it('reads every page, and empty ones with more to come', () =>
    withCluster(
      { tables: [services(() => [[], rowsOf('a'), [], [], rowsOf('b', 'c'), []])] },
      async (cluster, open) => {
        assert.deepEqual(await names(open()), ['a', 'b', 'c']);
        assert.equal(cluster.asked.filter((query) => query === select).length, 6);
      },
    ));

  it('asks for the next page only when the rows before it are taken', () =>
    withCluster(
      { tables: [services(() => [rowsOf('a', 'b'), rowsOf('c')])] },
      async (cluster, open) => {
        for await (const row of open().rows(select, [], { signal: signal() }))
          if (row['service_name'] === 'a') break;
        assert.equal(cluster.asked.filter((query) => query === select).length, 1);
      },
    ));

  it('spares the cache of a ScyllaDB and bounds its time, and leaves a Cassandra alone', async () => {
    for (const scylla of [true, false])
      await withCluster(
        { scylla, tables: [services(() => [rowsOf('a')])] },
        async (cluster, open) => {
          const session = open();
          assert.deepEqual(await names(session), ['a']);
          assert.equal(
            cluster.prepared.at(-1),
            scylla ? `${select} BYPASS CACHE USING TIMEOUT 5s` : select,
          );
          const { product } = await session.server(signal());
          assert.equal(product, scylla ? 'ScyllaDB' : 'Cassandra');
        },
      );
  });

  it('finds data center and keyspace by itself, with how long its tables keep rows', () =>
    withCluster(
      {
        dataCenter: 'eu-west',
        schema: [
          ['shop', 'traces', 0],
          ...jaegerTables.map((table) => ['jaeger_v1_eu', table, 86_400] as const),
        ],
      },
      async (_cluster, open) => {
        const { dataCenter, keyspace, tables } = await open().server(signal());
        assert.deepEqual([dataCenter, keyspace], ['eu-west', 'jaeger_v1_eu']);
        assert.equal(tables.get('duration_index'), 86_400);
      },
    ));

  it('names the keyspaces where several are Jaeger\u2019s, and takes the one that is given', () =>
    withCluster(
      {
        schema: ['two', 'one'].flatMap((keyspace) =>
          jaegerTables.map((table) => [keyspace, table, 0] as const),
        ),
      },
      async (_cluster, open) => {
        const { code, message } = await failure(open().server(signal()));
        assert.equal(code, 'rejected');
        assert.match(message, /Jaeger's tables: one, two\. Choose one\./);
        assert.equal((await open({ keyspace: 'two' }).server(signal())).keyspace, 'two');
      },
    ));

  it('says that the schema job has not run where tables are missing, and which keyspace there is none of', () =>
    withCluster({ schema: [['jaeger', 'traces', 0]] }, async (_cluster, open) => {
      const none = await failure(open().server(signal()));
      assert.match(none.message, /No keyspace of Cassandra at \S+ has Jaeger's tables\. Run/);
      const table = await failure(open({ keyspace: 'jaeger' }).server(signal()));
      assert.match(table.message, /has no table service_names: Jaeger's schema job .* hasn't run/);
      const missing = await failure(open({ keyspace: 'jager' }).server(signal()));
      assert.equal(missing.code, 'notFound');
      assert.match(missing.message, /has no keyspace jager\./);
    }));

  it('asks no node in another data center than the one that is given', () =>
    withCluster({ dataCenter: 'dc1' }, async (_cluster, open) => {
      const { message } = await failure(open({ localDataCenter: 'dc2' }).server(signal()));
      assert.match(message, /is in data center dc1, not in dc2\./);
    }));

  it('never dials the peers of its contact points', () =>
    withCluster(
      { peers: ['127.0.0.2'], tables: [services(() => [rowsOf('a')])] },
      async (cluster, open) => {
        let dialled = 0;
        const port = Number(cluster.point.split(':')[1]);
        const peer = createNetServer(() => (dialled += 1));
        await listen(peer, port, '127.0.0.2');
        try {
          const session = open();
          for (let times = 0; times < 3; times += 1) await names(session);
          assert.equal(dialled, 0);
        } finally {
          peer.close();
        }
      },
    ));

  it('goes on to the next contact point where one is not there', () =>
    withCluster({ tables: [services(() => [rowsOf('a')])] }, async (cluster, open) => {
      const closed = await closedPort();
      for (let times = 0; times < 4; times += 1)
        assert.deepEqual(await names(open({ contactPoints: [closed, cluster.point] })), ['a']);
    }));

  it('says what to do about a missing or wrong password', () =>
    withCluster({ password: 'right', tables: [services(() => [])] }, async (_cluster, open) => {
      const none = await failure(names(open()));
      assert.deepEqual(none.code, 'unauthorized');
      assert.match(none.message, /requires a user and a password/);
      const wrong = await failure(names(open({ user: 'reader', password: 'wrong' })));
      assert.deepEqual(wrong.code, 'unauthorized');
      assert.match(wrong.message, /rejected user reader or the password/);
      assert.doesNotMatch(wrong.message, /wrong/);
      assert.deepEqual(await names(open({ user: 'reader', password: 'right' })), []);
    }));

  const replicas = (written: number, ...counts: readonly number[]) =>
    Buffer.concat([
      Buffer.from([0, 10]),
      ...counts.map((count) => Buffer.from([0, 0, 0, count])),
      Buffer.alloc(written),
    ]);
  const serverErrors: readonly (readonly [FakeError, code: string, RegExp])[] = [
    [
      { code: 0x1000, said: 'Cannot achieve consistency level LOCAL_ONE', more: replicas(0, 1, 0) },
      'busy',
      /Too few nodes .* consistency level LOCAL_ONE/,
    ],
    [{ code: 0x1001, said: 'overloaded' }, 'busy', /overloaded or starting/],
    [
      { code: 0x1200, said: 'Operation timed out', more: replicas(1, 0, 1) },
      'timedOut',
      /didn't respond in time/,
    ],
    [
      { code: 0x1300, said: 'TombstoneOverwhelming', more: replicas(1, 0, 1, 1) },
      'tooLarge',
      /gave up reading: .*Shorten the time range/,
    ],
    [
      { code: 0x2100, said: 'User x has no SELECT permission' },
      'unauthorized',
      /needs the SELECT permission on keyspace jaeger_v1_dc1/,
    ],
    [
      { code: 0x2200, said: 'unconfigured table service_names' },
      'unsupported',
      /no table service_names: Jaeger's schema job/,
    ],
    [
      { code: 0x2200, said: 'table jaeger_v1_dc1.service_names does not exist' },
      'unsupported',
      /no table service_names: Jaeger's schema job/,
    ],
    [
      { code: 0x2200, said: "Keyspace 'jaeger_v1_dc1' does not exist" },
      'notFound',
      /has no keyspace jaeger_v1_dc1/,
    ],
    [
      { code: 0x2000, said: 'line 1:8\nno viable alternative' },
      'unsupported',
      /rejected the request: line 1:8 no viable alternative/,
    ],
    [
      { code: 0x0000, said: 'java.lang.NullPointerException' },
      'unreachable',
      /reported an error: java\.lang/,
    ],
  ];
  for (const [error, code, sentence] of serverErrors)
    it(`says what "${error.said.split('\n')[0] ?? ''}" means`, () =>
      withCluster(
        {
          tables: [
            services(() => {
              throw fakeError(error);
            }),
          ],
        },
        async (_cluster, open) => {
          const failed = await failure(names(open()));
          assert.match(failed.message, sentence);
          assert.equal(failed.code, code);
        },
      ));

  it('ends at once when it is aborted, and leaves nothing asked', () =>
    withCluster(
      { tables: [services(() => new Promise<never>(() => undefined))] },
      async (cluster, open) => {
        const stop = new AbortController();
        const reading = names(open(), stop.signal);
        await until(() => cluster.asked.includes(select));
        stop.abort();
        await assert.rejects(reading, { name: 'AbortError' });
      },
    ));

  it('gives up an answer that does not come, and one that is too large', async () => {
    await withCluster(
      { tables: [services(() => new Promise<never>(() => undefined))] },
      async (_cluster, open) => {
        const { code, message } = await failure(names(open({ timeoutMs: 200 })));
        assert.equal(code, 'timedOut');
        assert.match(message, /didn't respond within 0\.2 s/);
      },
    );
    const long = 'x'.repeat(1_000);
    await withCluster(
      { tables: [services(() => [rowsOf(long), rowsOf(long), rowsOf(long)])] },
      async (_cluster, open) => {
        assert.equal((await failure(names(open({ maxBytes: 2_000 })))).code, 'tooLarge');
      },
    );
  });

  it('connects anew when its connection is gone', () =>
    withCluster({ tables: [services(() => [rowsOf('a')])] }, async (cluster, open) => {
      const session = open();
      assert.deepEqual(await names(session), ['a']);
      cluster.hangUp();
      assert.deepEqual(await names(session), ['a']);
    }));

  it('asks four questions at once at most', async () => {
    let [now, most] = [0, 0];
    const waiting: (() => void)[] = [];
    const slow = services(async () => {
      most = Math.max(most, (now += 1));
      await new Promise<void>((resolve) => waiting.push(resolve));
      now -= 1;
      return [rowsOf('a')] as never;
    });
    await withCluster({ tables: [slow] }, async (_cluster, open) => {
      const session = open();
      const reading = Promise.all(Array.from({ length: 10 }, () => names(session)));
      for (let answered = 0; answered < 10; answered += 1) {
        await until(() => waiting.length > 0);
        waiting.shift()?.();
      }
      assert.equal((await reading).length, 10);
      assert.equal(most, 4);
    });
  });

  it('leaves no connection when it is closed, whatever it was doing', () =>
    withCluster(
      { tables: [services(() => new Promise<never>(() => undefined))] },
      async (cluster, open) => {
        const session = open();
        const reading = failure(names(session));
        await until(() => cluster.asked.includes(select));
        await session.close();
        assert.equal((await reading).message, 'This operation was aborted');
        await until(() => cluster.connections() === 0);
        await assert.rejects(session.server(signal()), { name: 'AbortError' });
      },
    ));

  it('keeps no process from ending once it is closed, also after its connection was lost', async () => {
    const program = join(import.meta.dirname, '../../../../support/cql/hangUpAndClose.ts');
    const child = spawn(process.execPath, [program], { stdio: 'inherit', timeout: 15_000 });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('counts what it was sent', () =>
    withCluster(
      { tables: [services(() => [rowsOf('a'), rowsOf('b')])] },
      async (_cluster, open) => {
        const session = open();
        await names(session);
        const { queries, rows, bytes } = session.totals;
        assert.deepEqual([queries, rows], [2, 2]);
        assert.ok(bytes > 60 && bytes < 300, String(bytes));
      },
    ));
});

const tlsFile = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../../fixtures/tls', name), 'utf8');

describe('a CQL session over TLS', function () {
  this.timeout(20_000);
  const cluster = (cert: string): FakeClusterOptions => ({
    tls: { cert: tlsFile(cert), key: tlsFile('key.pem') },
    tables: [services(() => [rowsOf('a')])],
  });
  const ca = tlsFile('ca.pem');

  it('reads from a server whose certificate its authority signed', () =>
    withCluster(cluster('server.pem'), async ({ point }, open) => {
      assert.deepEqual(await names(open({ tls: { ca } })), ['a']);
      const byName = { contactPoints: [point.replace('127.0.0.1', 'localhost')], tls: { ca } };
      assert.deepEqual(await names(open(byName)), ['a']);
    }));

  it('refuses a certificate that is not trusted, has expired or is for another host', async () => {
    await withCluster(cluster('server.pem'), async (_cluster, open) => {
      assert.match((await failure(names(open({ tls: {} })))).message, /isn't trusted/);
    });
    await withCluster(cluster('expired.pem'), async (_cluster, open) => {
      assert.match((await failure(names(open({ tls: { ca } })))).message, /has expired/);
    });
    await withCluster(cluster('elsewhere.pem'), async (_cluster, open) => {
      assert.match((await failure(names(open({ tls: { ca } })))).message, /for another host name/);
      const named = { tls: { ca, serverName: 'db.example.com' } };
      assert.deepEqual(await names(open(named)), ['a']);
    });
  });

  it('says so where one end speaks TLS and the other does not', async () => {
    await withCluster(cluster('server.pem'), async (_cluster, open) => {
      assert.match(
        (await failure(names(open()))).message,
        /whether the server requires TLS|isn't a Cassandra/,
      );
    });
    await withCluster({}, async (_cluster, open) => {
      assert.match(
        (await failure(names(open({ tls: { ca } })))).message,
        /Can't use TLS|closed the connection/,
      );
    });
  });
});

describe('what is not a Cassandra', function () {
  this.timeout(20_000);
  const failureAt = async (point: string, more: Partial<CqlOptions> = {}) => {
    const session = openCql(cqlOptions(point, more));
    try {
      return await failure(session.server(signal()));
    } finally {
      await session.close();
    }
  };

  it('is told from one, each in its own words', async () => {
    assert.match(
      (await failureAt(await closedPort())).message,
      /Connection to \S+ refused\. Start Cassandra/,
    );
    assert.match(
      (await failureAt('nowhere.invalid')).message,
      /Can't find the host of nowhere\.invalid:9042/,
    );
    const web = createServer((_request, response) => response.end('hello'));
    assert.match((await failureAt(await listen(web))).message, /isn't a Cassandra server/);
    web.close();
    const rude = createNetServer((socket) => socket.destroy());
    assert.match((await failureAt(await listen(rude))).message, /closed the connection/);
    rude.close();
    const mute = createNetServer((socket) => socket.on('error', () => undefined).resume());
    const silent = await failureAt(await listen(mute), { timeoutMs: 200 });
    assert.equal(silent.code, 'timedOut');
    assert.match(silent.message, /didn't respond within 0\.2 s\. Check the cluster and the port/);
    mute.close();
  });

  it('is refused before anything is dialled where it is no contact point', () => {
    for (const point of ['', 'http://db:9042', 'db:0', 'db:99999', '[db]:9042', 'a b'])
      assert.throws(() => openCql(cqlOptions(point)), { code: 'rejected' }, point);
    for (const [point, shown] of [
      ['db', 'db:9042'],
      ['::1', '[::1]:9042'],
      ['[::1]:1', '[::1]:1'],
      [' 10.0.0.1:9 ', '10.0.0.1:9'],
    ])
      assert.equal(openCql(cqlOptions(point!)).shown, shown);
    assert.throws(() => openCql(cqlOptions('', { contactPoints: [] })), { code: 'rejected' });
  });
});

async function listen(server: Server, port = 0, host = '127.0.0.1'): Promise<string> {
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, host, resolve),
  );
  return `${host}:${String((server.address() as AddressInfo).port)}`;
}

/** Where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createNetServer();
  const point = await listen(server);
  server.close();
  return point;
}
