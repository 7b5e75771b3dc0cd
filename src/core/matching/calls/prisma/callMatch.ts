import type { PrismaCallSite } from '../../../code/model.ts';
import { callName } from '../../../code/calls/prisma/callName.ts';
import type { Confidence, Match } from '../../match.ts';

/** A span's call site, and the others that fit. */
export function callMatch(
  call: PrismaCallSite,
  others: readonly PrismaCallSite[],
  confidence: Confidence,
  reason: string,
): Match {
  return {
    location: call.location,
    symbol: callSymbol(call),
    confidence,
    reason,
    alternatives: others.map((other) => ({ location: other.location, symbol: callSymbol(other) })),
    handlerId: undefined,
    callId: call.id,
  };
}

/** `order.findMany in OrdersService.list`, `$queryRaw in ReportsService.totals`. */
function callSymbol(call: PrismaCallSite): string {
  const name = callName(call);
  return call.enclosing === '' ? name : `${name} in ${call.enclosing}`;
}
