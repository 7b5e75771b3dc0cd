import { message } from '../../../base/message.ts';
import type { CodeIndex } from '../../../code/model.ts';
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
  const queries = new Map<number, number[]>();
  for (const [row, span] of trace.spans.entries()) {
    if (sqlQueryOf(span) === undefined) continue;
    const at = parent[row] ?? -1;
    queries.set(at, [...(queries.get(at) ?? []), row]);
  }
  for (const row of waits) {
    const end = (start[row] ?? 0) + (duration[row] ?? 0);
    const next = (queries.get(parent[row] ?? -1) ?? [])
      .filter((query) => (start[query] ?? 0) >= end - toleranceUs)
      .sort((a, b) => (start[a] ?? 0) - (start[b] ?? 0))[0];
    const call = next === undefined ? undefined : matches[next];
    if (call && isMatch(call) && call.callId !== undefined) {
      matches[row] = asking(call, index) ?? partMatch(call, 'waiting');
    }
  }
  return matches;
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
