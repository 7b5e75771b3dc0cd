import { shortened } from '../core/base/visibleText.ts';
import type { LocatedCall } from '../core/explain/compare/comparedPlaces.ts';
import { lineName } from '../core/explain/loopText.ts';
import {
  differenceOf,
  isDifferent,
  isNotable,
  type ComparedCounts,
  type Sides,
} from '../core/trace/compare/comparison.ts';
import { childrenOf } from '../core/trace/compare/largestDifference.ts';
import type { TraceComparison } from '../engine/methods.ts';
import { shownPath } from './shownPath.ts';

/** What two traces differ in. */
export interface Difference extends ComparedCounts {
  /** Of the critical path, µs. */
  readonly times: Sides;
  /** What is there: hostile text. */
  readonly symbol: string;
  /** `src/orders/orders.service.ts:81`; of a call without a line what leads to it: hostile text. */
  readonly place: string;
}

/** The lines that differ, largest difference first; times without other lines below. @param dir the workspace */
export function lineDifferences(answer: TraceComparison, dir: string): readonly Difference[] {
  const durations = durationsOf(answer);
  return answer.lines.flatMap((line) => {
    const { location, symbol, calls, errors, self: times } = line;
    const place = `${shownPath(dir, location.path)}:${location.line}`;
    return isDifferent(line, times, durations) ? [{ calls, errors, times, symbol, place }] : [];
  });
}

/**
 * The calls without a line that differ, largest difference first; times with everything below. Those whose difference is that
 * of what calls them, or of what they call, are left out.
 */
export function pathDifferences(answer: TraceComparison): readonly Difference[] {
  const { calls } = answer;
  const durations = durationsOf(answer);
  const below = childrenOf(calls);
  const differs = (call: LocatedCall, at: number): boolean => {
    const parts = (below.get(at) ?? []).flatMap((child) => calls[child] ?? []);
    const own = parts.reduce(
      (rest, { critical }) => rest - differenceOf(critical),
      differenceOf(call.critical),
    );
    return (
      isNotable(own, durations) ||
      hasOwnCount(call, calls[call.parent]) ||
      hasOwnFailures(call, parts)
    );
  };
  const size = (sides: Sides) => Math.abs(differenceOf(sides));
  return calls
    .filter((call, at) => !hasLine(call) && differs(call, at))
    .map((call) => ({
      calls: call.calls,
      errors: call.errors,
      times: call.critical,
      symbol: call.name,
      place: wayTo(call, calls),
    }))
    .sort((a, b) => size(b.times) - size(a.times) || size(b.calls) - size(a.calls));
}

/** More often or less often in one trace, and not only because what calls it is. */
const hasOwnCount = ({ calls }: LocatedCall, above: LocatedCall | undefined): boolean =>
  differenceOf(calls) !== 0 &&
  !(above && above.calls[0] === calls[0] && above.calls[1] === calls[1]);

/** Fails more often or less often in one trace, and not only because what it calls does. */
const hasOwnFailures = ({ errors }: LocatedCall, parts: readonly LocatedCall[]): boolean =>
  differenceOf(errors) !== 0 &&
  !parts.some((part) => differenceOf(part.errors) === differenceOf(errors));

const durationsOf = ({ traces: [first, second] }: TraceComparison): Sides => [
  first.duration,
  second.duration,
];

/** A guess is no line: it says only which method is around the call. */
const hasLine = ({ location, confidence }: LocatedCall): boolean =>
  location !== undefined && confidence !== 'weak';

/** Of what leads to a call as many as help to find it. */
const longestWay = 3;
const longestName = 40;

/** `orders.service.ts:81 › POST pricing`: what leads to it, from the last known line on; of a root its service. */
function wayTo(call: LocatedCall, calls: readonly LocatedCall[]): string {
  const names: string[] = [];
  for (let above = calls[call.parent]; above; above = calls[above.parent]) {
    if (names.length === longestWay) return ['…', ...names].join(' › ');
    if (above.location && hasLine(above)) return [lineName(above.location), ...names].join(' › ');
    names.unshift(shortened(above.name, longestName));
  }
  return names.length === 0 ? call.service : names.join(' › ');
}
