import { message } from '../../base/message.ts';
import type { CodeIndex, MethodFact } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { Confidence, Match } from '../match.ts';
import { enclosingMethod, fileName, methodSymbol } from '../lookups.ts';

/** A match at methods: at the first, the others as alternatives. */
export function placeMethods(
  methods: readonly MethodFact[],
  confidence: Confidence,
  reason: string,
  index: CodeIndex,
): Match | undefined {
  return place(
    methods.map(({ location }) => location),
    confidence,
    reason,
    index,
  );
}

/** The first location; more than one is `likely` at most. */
export function place(
  locations: readonly CodeLocation[],
  confidence: Confidence,
  reason: string,
  index: CodeIndex,
): Match | undefined {
  const [location, ...others] = locations;
  if (location === undefined) return undefined;
  return {
    location,
    symbol: symbolAt(location, index),
    confidence: others.length > 0 && confidence !== 'weak' ? 'likely' : confidence,
    reason:
      others.length > 0
        ? `${reason} ${message('Other matching places: {0}.', others.length)}`
        : reason,
    alternatives: others.map((other) => ({ location: other, symbol: symbolAt(other, index) })),
    handlerId: undefined,
    callId: undefined,
  };
}

/** `OrdersService.remove`, or `main.ts:12` outside methods. */
export function symbolAt(location: CodeLocation, index: CodeIndex): string {
  const method = enclosingMethod(index, location.path, location.line);
  return method === undefined
    ? `${fileName(location.path)}:${location.line}`
    : methodSymbol(method);
}
