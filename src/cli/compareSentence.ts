import { lineName } from '../core/explain/loopText.ts';
import { differenceSentence } from '../core/trace/compare/differenceText.ts';
import type { TraceComparison } from '../engine/methods.ts';

/** How the second trace differs from the first, in a sentence. */
export function compareSentence({ traces, calls }: TraceComparison): string {
  const [before, after] = traces;
  const placed = calls.map(({ location, ...call }) => ({
    ...call,
    place: location === undefined ? '' : lineName(location),
  }));
  return differenceSentence(placed, [before.duration, after.duration]);
}
