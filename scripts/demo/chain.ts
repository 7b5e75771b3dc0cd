import { startChain } from '../../test/support/backends/chain.ts';
import { describeAddresses } from '../backends/addresses.ts';
import type { Backend } from './backend.ts';
import type { CleanUp } from './cleanUp.ts';
import { keepLog } from './traffic.ts';

/** Everything that a team runs, the sample in it; traces are read from Cassandra. */
export async function startChainBackend(cleanUp: CleanUp): Promise<Backend> {
  console.log(
    'Starting Traefik, the shop, a Collector, Jaeger and Cassandra (built the first time)',
  );
  const chain = await startChain(keepLog(cleanUp));
  cleanUp.add(() => chain.stop());
  const cassandra = `${chain.cassandra.host}:${String(chain.cassandra.port)}`;
  console.log(describeAddresses({ ...chain, cassandra }));
  return {
    otlp: chain.otlp,
    shop: chain.shop,
    written: () => chain.written(),
    sourceFlags: ['--cassandra', cassandra, '--keyspace', chain.keyspace],
    settings: {
      'spanhop.source': 'cassandra',
      'spanhop.cassandra.contactPoints': [cassandra],
      'spanhop.cassandra.keyspace': chain.keyspace,
    },
  };
}
