import { message } from '../../../base/message.ts';
import { onceEach } from '../../../base/onceEach.ts';
import type { CodeIndex } from '../../../code/model.ts';
import type { Trace } from '../../../trace/trace.ts';
import { lookupsOf } from '../../lookups.ts';
import { isMatch, type Match } from '../../match.ts';
import type { Found, MatchContext } from '../../matchContext.ts';
import { callMatch } from '../callMatch.ts';
import { partMatch } from '../partOfCall.ts';
import { isConnecting, sqlQueryOf } from './sqlQuery.ts';

/** Starts are whole milliseconds: a query may seem to begin before its connection is there. */
const toleranceUs = 1_000;

/** What was found, with waits for a connection as a part of the call whose query comes next beside them. */
export function matchWaiting(found: Found, { trace, index }: MatchContext): Found {
  const waits = [...trace.spans.keys()].filter(
    (row) => found[row] === undefined && isConnecting(trace.spans[row]?.name ?? ''),
  );
  if (waits.length === 0) return found;
  const { parent, start, duration } = trace.columns;
  const matches = [...found];
  const queries = queriesBeside(waits, trace);
  const waitFor = onceEach((call: Match) => asking(call, index) ?? partMatch(call, 'waiting'));
  for (const row of waits) {
    const end = (start[row] ?? 0) + (duration[row] ?? 0);
    const beside = queries.get(parent[row] ?? -1) ?? [];
    const call = matches[firstFrom(end - toleranceUs, beside, start) ?? -1];
    if (call && isMatch(call) && call.callId !== undefined) matches[row] = waitFor(call);
  }
  return matches;
}

/** Rows of queries by the row above them, as they began. */
function queriesBeside(
  waits: readonly number[],
  { spans, columns: { parent } }: Trace,
): ReadonlyMap<number, readonly number[]> {
  const queries = new Map<number, number[]>(waits.map((row) => [parent[row] ?? -1, []]));
  for (const [row, span] of spans.entries()) {
    const beside = queries.get(parent[row] ?? -1);
    if (beside && sqlQueryOf(span) !== undefined) beside.push(row);
  }
  return queries;
}

/** The first of `rows`, which are in order of their starts, that began then or later. O(log n). */
function firstFrom(time: number, rows: readonly number[], start: Float64Array): number | undefined {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((start[rows[middle] ?? 0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return rows[low];
}

/** The call that asks for the connection that another then uses: `pool.connect()` before it in its method. */
function asking({ callId }: Match, index: CodeIndex): Match | undefined {
  const query = lookupsOf(index).calls.get(callId ?? '');
  const before = index.calls.findLast(
    (call) =>
      call.library === 'sql' &&
      call.operation === 'connect' &&
      call.methodId !== undefined &&
      call.methodId === query?.methodId &&
      call.location.line <= query.location.line,
  );
  return before && callMatch(before, [], 'likely', message('A connection is waited for here.'));
}
