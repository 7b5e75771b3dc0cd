import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import type { CqlOptions } from '../../../../../src/sources/cassandra/cql/options.ts';
import { openCql } from '../../../../../src/sources/cassandra/cql/session.ts';
import { cqlOptions } from '../../../../support/cql/cqlOptions.ts';
import { closedPort, failure, listen } from '../../../../support/cql/withCluster.ts';

const signal = () => new AbortController().signal;

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
    assert.equal(silent.code, 'unreachable');
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
