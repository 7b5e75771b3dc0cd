import { microseconds, type Microseconds } from '../base/units.ts';
import type { CodeLocation } from '../code/location.ts';
import type { CallSite } from '../code/model.ts';
import { isMethod } from './costPlace.ts';
import type { CostBranch, CostTree } from './costTree.ts';
import { median, perRequest, type PerRequest } from './explanation.ts';
import type { Loops } from './loops.ts';
import { slowFrom } from './slowFrom.ts';

/** What a call costs the slow requests of the handler that it costs most. */
export interface CallCost {
  readonly handlerId: string;
  /** Sampled requests of that handler. */
  readonly requests: number;
  /** Median of the slow ones. */
  readonly slow: Microseconds;
  readonly callsPerRequest: PerRequest;
  /** Of the critical path, with everything below the call: µs. */
  readonly timePerRequest: PerRequest;
  /** What runs it again and again: see `CostNode.loops`. */
  readonly loops: readonly CodeLocation[];
}

/** What runs a call again and again: its own loop, else what is known from requests. */
export const loopsRunning = (
  { loop }: Pick<CallSite, 'loop'>,
  cost: Pick<CallCost, 'loops'> | undefined,
): readonly CodeLocation[] => (loop ? [loop] : (cost?.loops ?? []));

/** What the trees of handlers say of calls, by the call's id; nothing of calls that slow requests don't make. */
export function callCosts(
  trees: ReadonlyMap<string, CostTree>,
  loops: Loops,
): ReadonlyMap<string, CallCost> {
  const costs = new Map<string, CallCost>();
  for (const [handlerId, { durations, calls }] of trees) {
    const from = slowFrom(durations);
    const isSlow = durations.map((duration) => duration >= from);
    const slow = microseconds(median(durations.filter((_, at) => isSlow[at])));
    for (const [callId, tally] of calls) {
      const timePerRequest = perRequest(tally.times, isSlow);
      const known = costs.get(callId);
      if (timePerRequest.slow <= (known?.timePerRequest.slow ?? 0)) continue;
      const callsPerRequest = perRequest(tally.calls, isSlow);
      costs.set(callId, {
        handlerId,
        requests: durations.length,
        slow,
        callsPerRequest,
        timePerRequest,
        loops: callsPerRequest.slow > 1 ? loopsAround(tally.branch, loops) : [],
      });
    }
  }
  return costs;
}

/** Places above a call that are looked at: deeper ones explain nothing. */
const mostAbove = 100;

/** The loops that run it, else those that run the nearest call above it: of another service, which has none itself. */
function loopsAround(branch: CostBranch, loops: Loops): readonly CodeLocation[] {
  const above: CostBranch[] = [];
  for (let at: CostBranch | undefined = branch; at && above.length < mostAbove; at = at.above)
    above.push(at);
  for (const [at, { place }] of above.entries()) {
    if (place.callId === undefined) continue;
    const caller = above.slice(at + 1).find((one) => isMethod(one.place));
    const methodId = caller?.place.location && loops.methodAt(caller.place.location);
    const found = loops.around(place.callId, methodId);
    if (found.length > 0) return found;
  }
  return [];
}
