import { callTitle } from '../../code/calls/callTitle.ts';
import type { CallSite } from '../../code/model.ts';
import type { Confidence, Match } from '../match.ts';

interface CallTitles {
  readonly title?: string | undefined;
  readonly shown?: string | undefined;
}

/**
 * A span's call site, and the others that fit.
 * @param titles of the call: where the span says more than the code, and what is shown for that
 */
export function callMatch(
  call: CallSite,
  others: readonly CallSite[],
  confidence: Confidence,
  reason: string,
  titles: CallTitles = {},
): Match {
  const { title = callTitle(call), shown = title } = titles;
  return {
    location: call.location,
    symbol: callSymbol(call, shown),
    ...(shown !== title && { codeSymbol: callSymbol(call, title) }),
    confidence,
    reason,
    alternatives: others.map((other) => ({ location: other.location, symbol: callSymbol(other) })),
    handlerId: undefined,
    callId: call.id,
  };
}

/** `order.findMany in OrdersService.list`, `GET tax.example/rates/* in TaxClient.rateOf`. */
function callSymbol(call: CallSite, name = callTitle(call)): string {
  return call.enclosing === '' ? name : `${name} in ${call.enclosing}`;
}
