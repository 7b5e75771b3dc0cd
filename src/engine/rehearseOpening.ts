import { setImmediate } from 'node:timers/promises';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import { rowColumns } from './openedTrace.ts';

/**
 * Writes the columns of sampled traces for nobody, so that the code is compiled by the time a trace is opened: the first one is
 * waited for (docs/decisions/waterfall-speed.md). Other requests are answered in between.
 */
export async function rehearseOpening(sample: readonly MappedTrace[]): Promise<void> {
  for (const mapped of sample) {
    await setImmediate();
    rowColumns(mapped);
  }
}
