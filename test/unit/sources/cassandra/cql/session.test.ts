import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../../../../support/eventually.ts';
import { fakeError, jaegerTables, type FakeError } from '../../../../support/cql/fakeCluster.ts';
import {
  closedPort,
  failure,
  listen,
  names,
  rowsOf,
  select,
  services,
  withCluster,
} from '../../../../support/cql/withCluster.ts';

const until = (holds: () => boolean) =>
  eventually(
    'the state',
    () => Promise.resolve(holds()),
    (held) => held,
  );
const signal = () => new AbortController().signal;

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
      /gave up reading: too many deleted rows, .*Shorten the time range/,
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

  it('connects anew after nothing came on its connection for as long as a question may take', () =>
    withCluster({ tables: [services(() => [rowsOf('a')])] }, async (cluster, open) => {
      const session = open({ timeoutMs: 1_000 });
      assert.deepEqual(await names(session), ['a']);
      cluster.fallSilent();
      assert.equal((await failure(names(session))).code, 'timedOut');
      assert.deepEqual(await names(session), ['a']);
    }));

  it('connects anew, and looks at the tables again, where the server forgot a statement for good', async () => {
    let left = 2; // The driver prepares it once more by itself.
    const forgotten = services(() => {
      left -= 1;
      if (left < 0) return [rowsOf('a')];
      const id = Buffer.concat([Buffer.from([0, select.length]), Buffer.from(select)]);
      throw fakeError({ code: 0x2500, said: 'Prepared query with ID … not found', more: id });
    });
    await withCluster({ tables: [forgotten] }, async (_cluster, open) => {
      assert.deepEqual(await names(open()), ['a']);
      assert.ok(left < 0);
    });
  });

  it('keeps a connection on which only one question takes too long', async () => {
    let isFirst = true;
    const slowOnce = services(async () => {
      if (!isFirst) return [rowsOf('a')] as never;
      isFirst = false;
      return new Promise<never>(() => undefined);
    });
    await withCluster({ tables: [slowOnce] }, async (cluster, open) => {
      const session = open({ timeoutMs: 1_000 });
      const slow = failure(names(session));
      await until(() => !isFirst);
      assert.deepEqual(await names(session), ['a']);
      assert.equal((await slow).code, 'timedOut');
      const { length } = cluster.prepared;
      assert.deepEqual(await names(session), ['a']);
      assert.equal(cluster.prepared.length, length);
    });
  });

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
