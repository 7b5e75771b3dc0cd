import type { CallSite, CodeIndex } from '../../code/model.ts';
import { lower } from '../confidence.ts';
import { lookupsOf } from '../lookups.ts';
import { isMatch } from '../match.ts';
import type { Found, MatchContext } from '../matchContext.ts';

/** JavaScript starts spans at whole milliseconds, µs. */
const tolerance = 1_000;

/**
 * For each row the method that ran when it began and ended: it made the call before it and the one after it, further down in
 * its code, each of its own span beside the row's. Undefined: there are no two such calls.
 */
export function methodsBetweenCalls(
  found: Found,
  { trace, index }: MatchContext,
): (row: number) => string | undefined {
  const { parent, start, duration } = trace.columns;
  const calls = found.map((_, row) => surelyCalled(row, found, index));
  const before = nearestBeside(calls, parent, 'before');
  const after = nearestBeside(calls, parent, 'after');
  const startOf = (row: number) => start[row] ?? 0;
  const endOf = (row: number) => startOf(row) + (duration[row] ?? 0);
  return (row) => {
    const [first, last] = [before[row] ?? -1, after[row] ?? -1];
    const [one, other] = [calls[first], calls[last]];
    if (one?.methodId === undefined || one.methodId !== other?.methodId) return undefined;
    const isApart =
      endOf(first) <= startOf(row) + tolerance && endOf(row) <= startOf(last) + tolerance;
    return isApart && one.location.line < other.location.line ? one.methodId : undefined;
  };
}

function surelyCalled(row: number, found: Found, index: CodeIndex): CallSite | undefined {
  const match = found[row];
  if (!match || !isMatch(match) || match.callId === undefined) return undefined;
  const isSure = lower(match.confidence, 'strong') === 'strong' && match.alternatives.length === 0;
  return isSure ? lookupsOf(index).calls.get(match.callId) : undefined;
}

/** The nearest row with a call that has the same parent, -1 without; siblings are in the order of their starts. */
function nearestBeside(
  calls: readonly (CallSite | undefined)[],
  parent: ArrayLike<number>,
  side: 'before' | 'after',
): Int32Array {
  const nearest = new Int32Array(calls.length).fill(-1);
  const latest = new Map<number, number>();
  for (let step = 0; step < calls.length; step++) {
    const row = side === 'before' ? step : calls.length - 1 - step;
    const above = parent[row] ?? -1;
    nearest[row] = latest.get(above) ?? -1;
    if (calls[row]) latest.set(above, row);
  }
  return nearest;
}
