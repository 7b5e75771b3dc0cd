import { shortened } from '../../base/visibleText.ts';
import { spanLabel } from '../../trace/spanLabel.ts';
import type { Trace } from '../../trace/trace.ts';
import type { SpanExample } from './mappingReport.ts';

const longestLabel = 200;

export function exampleOf({ traceId, spans }: Trace, row: number): SpanExample {
  const span = spans[row];
  const label = span === undefined ? '' : shortened(spanLabel(span), longestLabel);
  return { traceId, spanId: span?.spanId ?? '', label };
}

/** How many spans fell under a key, and the first of them. */
export interface Tally {
  count: number;
  readonly example: SpanExample;
}

/**
 * Counts one more under `key`. What comes after `most` keys isn't counted: names are of a stranger's making,
 * and there may be any number.
 */
export function countOne<Key, Kept extends Tally>(
  tallies: Map<Key, Kept>,
  key: Key,
  first: () => Kept,
  most = Infinity,
): Kept | undefined {
  const known = tallies.get(key);
  if (known !== undefined) {
    known.count++;
    return known;
  }
  if (tallies.size >= most) return undefined;
  const made = first();
  tallies.set(key, made);
  return made;
}
