import { setImmediate } from 'node:timers/promises';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import { rowColumns } from './openedTrace.ts';

/** Enough for the code to be compiled. */
const mostSpans = 20_000;

/**
 * Writes the columns of sampled traces for nobody, so that the code is compiled by the time a trace is opened: the first one is
 * waited for (docs/decisions/waterfall-speed.md). Other requests are answered in between.
 */
export async function rehearseOpening(sample: readonly MappedTrace[]): Promise<void> {
  let spans = 0;
  for (const mapped of sample) {
    await setImmediate();
    rowColumns(mapped);
    spans += mapped.trace.size;
    if (spans >= mostSpans) return;
  }
}
