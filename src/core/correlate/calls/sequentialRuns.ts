import { microseconds, type Microseconds } from '../../base/units.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isMatch } from '../../matching/match.ts';
import { callRuns } from './callRuns.ts';

/** A call that requests run several times, always one after the other. Times are averages of a request. */
export interface SequentialRuns {
  /** That ran it more than once. */
  readonly requests: number;
  readonly callsPerRequest: number;
  readonly together: Microseconds;
  /** Of the longest. */
  readonly longest: Microseconds;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Tally {
  requests: number;
  calls: number;
  together: number;
  longest: number;
}

/** µs: starts may be rounded to the millisecond. */
const rounding = 1_000;

/**
 * By id of the call; those of which one request ran two at the same time are left out, and guesses (weak), which may be
 * another line's.
 */
export function sequentialRuns(
  traces: readonly MappedTrace[],
): ReadonlyMap<string, SequentialRuns> {
  const tallies = new Map<string, Tally>();
  const overlapping = new Set<string>();
  for (const mapped of traces)
    for (const [callId, requests] of stretchesOf(mapped))
      for (const stretches of requests.values()) {
        if (stretches.length < 2) continue;
        if (!isInTurn(stretches)) overlapping.add(callId);
        const tally = tallies.get(callId) ?? { requests: 0, calls: 0, together: 0, longest: 0 };
        tallies.set(callId, tally);
        addRequest(tally, stretches);
      }
  return new Map(
    [...tallies]
      .filter(([callId]) => !overlapping.has(callId))
      .map(([callId, tally]) => [callId, averagesOf(tally)]),
  );
}

/** By call, then by the row that its request came in. */
function stretchesOf(mapped: MappedTrace): ReadonlyMap<string, ReadonlyMap<number, Stretch[]>> {
  const { trace, matches } = mapped;
  const found = new Map<string, Map<number, Stretch[]>>();
  for (const { row, callId, request } of callRuns(mapped)) {
    const match = matches[row];
    if (match === undefined || !isMatch(match) || match.confidence === 'weak') continue;
    if (trace.spans[row]?.unended) continue;
    const requests = found.get(callId) ?? new Map<number, Stretch[]>();
    found.set(callId, requests);
    const stretches = requests.get(request) ?? [];
    requests.set(request, stretches);
    const from = trace.columns.start[row] ?? 0;
    stretches.push({ from, to: from + (trace.columns.duration[row] ?? 0) });
  }
  return found;
}

function isInTurn(stretches: readonly Stretch[]): boolean {
  const inOrder = stretches.toSorted((a, b) => a.from - b.from || a.to - b.to);
  return inOrder.every(({ from }, at) => at === 0 || from >= (inOrder[at - 1]?.to ?? 0) - rounding);
}

function addRequest(tally: Tally, stretches: readonly Stretch[]): void {
  const lengths = stretches.map(({ from, to }) => to - from);
  tally.requests += 1;
  tally.calls += lengths.length;
  tally.together += lengths.reduce((sum, one) => sum + one, 0);
  tally.longest += lengths.reduce((longest, one) => Math.max(longest, one), 0);
}

const averagesOf = ({ requests, calls, together, longest }: Tally): SequentialRuns => ({
  requests,
  callsPerRequest: calls / requests,
  together: microseconds(together / requests),
  longest: microseconds(longest / requests),
});
