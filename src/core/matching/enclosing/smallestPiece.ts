import type { Caller } from '../calls/caller.ts';
import type { PossibleCalls } from '../calls/spansOfCalls.ts';
import type { MatchContext } from '../matchContext.ts';
import { smallestMethodAround } from './smallestMethod.ts';

/** Several pieces of one request may have made it. */
export const request = Symbol('request');

/** Id of a method; undefined: nothing that the caller leads to may have made it. */
export function smallestPiece(
  caller: Caller,
  possible: PossibleCalls,
  context: MatchContext,
): string | typeof request | undefined {
  const { index } = context;
  const pieces = caller.methods.flatMap(
    (method) => smallestMethodAround(method, makersBelow(method, possible, context), index) ?? [],
  );
  const [piece, ...others] = new Set(pieces);
  return others.length > 0 ? request : piece;
}

/** Methods with a call that may have made it, and code that can't be followed; without such a call what calls packages. */
export function makersBelow(
  methodId: string,
  { makes }: PossibleCalls,
  { index }: MatchContext,
): (methodId: string) => boolean {
  const calls = index.reachableCalls(methodId).filter(({ call }) => makes(call));
  const methods = new Set(calls.map(({ call }) => call.methodId));
  return (id) => {
    const { isOpen, callsPackages } = index.callees(id);
    return isOpen || (methods.size > 0 ? methods.has(id) : callsPackages);
  };
}
