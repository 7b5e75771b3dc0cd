import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned } from '../../../../support/certificates.ts';
import type { FakeClusterOptions } from '../../../../support/cql/fakeCluster.ts';
import {
  failure,
  names,
  rowsOf,
  services,
  withCluster,
} from '../../../../support/cql/withCluster.ts';

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

  it('shows its own certificate to a server that asks for it, and says so where it has none or a wrong one', () => {
    const [client, other] = [selfSigned(['client']), selfSigned(['other'])];
    const asking = { ...cluster('server.pem'), clientAuthority: client.certificate };
    return withCluster(asking, async (_cluster, open) => {
      const as = (cert: string, key: string) => ({ tls: { ca, cert, key } });
      assert.deepEqual(await names(open(as(client.certificate, client.key))), ['a']);
      const files = /\(spanhop\.cassandra\.tls\.certFile, spanhop\.cassandra\.tls\.keyFile\)/;
      for (const [tls, sentence] of [
        [{ tls: { ca } }, /requires a client certificate\. Set its certificate and key files/],
        [as(client.certificate, other.key), /Can't use the client certificate \(ERR_OSSL\w+\)/],
      ] as const) {
        const { message } = await failure(names(open(tls)));
        assert.match(message, sentence);
        assert.match(message, files);
      }
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
