import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { handlerOf, isMatch } from '../../matching/match.ts';
import { isRequest } from './callRuns.ts';

/**
 * The handler in whose request each row ran, by what it is called (`OrdersController.remove`): that of the row itself,
 * else of the nearest row above it, up to where the request came in. `row[r]` is an index into `texts`, -1 where there
 * is none. O(n).
 */
export function handlerColumn({ trace, matches }: MappedTrace): {
  readonly texts: readonly string[];
  readonly row: Int32Array;
} {
  const { parent } = trace.columns;
  const indexes = new Map<string, number>();
  const row = new Int32Array(trace.size).fill(-1);
  for (let at = 0; at < trace.size; at++) {
    const match = matches[at];
    if (match && isMatch(match) && handlerOf(match) !== undefined) {
      const index = indexes.get(match.symbol) ?? indexes.size;
      indexes.set(match.symbol, index);
      row[at] = index;
    } else if (!isRequest(trace, at)) row[at] = row[parent[at] ?? -1] ?? -1;
  }
  return { texts: [...indexes.keys()], row };
}
