import { once } from 'node:events';

import { startChain } from '../../test/support/backends/chain.ts';
import { installShop, runTraffic, type Visited } from '../../test/support/shop.ts';
import type { CleanUp } from '../demo/cleanUp.ts';
import { keepVisiting } from '../demo/keepVisiting.ts';
import { untilStopped } from '../demo/untilStopped.ts';
import { describeAddresses, type ChainAddresses } from './addresses.ts';
import { hasCompose, startComposed } from './compose.ts';

export interface BackendsOptions {
  /** From the cache, even where Docker runs. */
  readonly local: boolean;
}

/** Starts the chain with visitors and leaves it until Ctrl+C; answers the exit code. */
export function runBackends({ local }: BackendsOptions): Promise<number> {
  return untilStopped(async (cleanUp, signal) => {
    const composed = !local && (await hasCompose());
    const chain = await (composed ? startComposed : startHere)(cleanUp);
    signal.throwIfAborted();
    console.log(describeAddresses(chain));
    console.log('Visitors come through Traefik. Ctrl+C stops everything.');
    const urls = { shop: chain.entryUrl, pricing: chain.entryUrl };
    void visit({ urls }, signal);
    if (!signal.aborted) await once(signal, 'abort');
  });
}

/** Many at first, the slow DELETE among them, then a few. */
async function visit(shop: Visited, signal: AbortSignal): Promise<void> {
  await runTraffic(shop, { seed: 1, rate: 2, seconds: 15, signal });
  await keepVisiting(shop, signal);
}

async function startHere(cleanUp: CleanUp): Promise<ChainAddresses> {
  await installShop(console.log);
  console.log('Starting the servers; the first time they are built, which takes half an hour');
  const chain = await startChain();
  cleanUp.add(() => chain.stop());
  return { ...chain, cassandra: `${chain.cassandra.host}:${String(chain.cassandra.port)}` };
}
