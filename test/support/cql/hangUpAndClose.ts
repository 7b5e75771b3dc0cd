// Run in a process of its own, which has to end by itself: whatever is left open keeps it.
import { openCql } from '../../../src/sources/cassandra/cql/session.ts';
import { cqlOptions } from './cqlOptions.ts';
import { startFakeCluster } from './fakeCluster.ts';

const cluster = await startFakeCluster();
const session = openCql(cqlOptions(cluster.point));
const { signal } = new AbortController();
for (let times = 0; times < 3; times += 1) {
  await session.server(signal);
  cluster.hangUp();
}
await session.close();
await cluster.close();
