import { onceEach } from '../../../base/onceEach.ts';
import type { CodeIndex, PrismaCallSite } from '../../../code/model.ts';
import { isMatch } from '../../match.ts';
import type { Found, MatchContext } from '../../matchContext.ts';
import { lookupsOf } from '../../lookups.ts';
import { prismaCallsReached } from './prismaCallsReached.ts';

/**
 * Which of several `$transaction` calls a span ran, told by the calls that were matched inside it: the one
 * whose method makes them, of two in one method the nearest before them. Undefined when that doesn't tell.
 */
export function chooseByContents(
  transactions: readonly PrismaCallSite[],
  row: number,
  found: Found,
  context: MatchContext,
): PrismaCallSite | undefined {
  const contents = callsInside(row, found, context);
  const [first] = contents;
  if (first === undefined) return undefined;
  const fitting = transactions.filter(({ methodId }) => {
    const reached = reachedBy(methodId, context.index);
    return contents.every(({ id }) => reached.has(id));
  });
  const [nearest, second] = fitting
    .map((call) => ({ call, distance: linesBefore(call, first) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest !== undefined && nearest.distance !== second?.distance ? nearest.call : undefined;
}

function callsInside(
  row: number,
  found: Found,
  { trace, index }: MatchContext,
): readonly PrismaCallSite[] {
  const { subtreeSize } = trace.columns;
  const calls: PrismaCallSite[] = [];
  const end = row + (subtreeSize[row] ?? 1);
  for (let child = row + 1; child < end; child += subtreeSize[child] ?? 1) {
    const match = found[child];
    if (match === undefined || !isMatch(match) || match.confidence === 'weak') continue;
    const call = lookupsOf(index).prismaCalls.get(match.callId ?? '');
    if (call !== undefined) calls.push(call);
  }
  return calls;
}

/** From the transaction to a call in its own method; far for a call elsewhere or before it. */
function linesBefore(transaction: PrismaCallSite, { location, methodId }: PrismaCallSite): number {
  const lines = location.line - transaction.location.line;
  return methodId === transaction.methodId && lines >= 0 ? lines : Infinity;
}

function reachedBy(methodId: string | undefined, index: CodeIndex): ReadonlySet<string> {
  if (methodId === undefined) return new Set();
  const known = reached(index);
  const ids =
    known.get(methodId) ?? new Set(prismaCallsReached(index, methodId).map(({ call }) => call.id));
  known.set(methodId, ids);
  return ids;
}

/** Ids of the calls that a method reaches, by its id. */
const reached = onceEach<CodeIndex, Map<string, ReadonlySet<string>>>(() => new Map());
