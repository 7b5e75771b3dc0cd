import { setTimeout as sleep } from 'node:timers/promises';

import { runTraffic, type Visited } from '../../test/support/shop.ts';

/** A visitor every two seconds, so that the newest figures are never old. */
const rate = 0.5;
const seconds = 60;

/** Sends visitors until the signal aborts. */
export async function keepVisiting(shop: Visited, signal: AbortSignal): Promise<void> {
  for (let seed = 2; !signal.aborted; seed++) {
    const { failures } = await runTraffic(shop, { seed, rate, seconds, signal });
    // A service that ended answers nothing any more: no use in asking faster.
    if (failures.length > 0) await sleep(1_000);
  }
}
