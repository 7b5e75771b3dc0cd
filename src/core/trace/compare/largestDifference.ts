import { differenceOf, isNotable, turned, type ComparedCall, type Sides } from './comparison.ts';

/** Where two traces differ the most. */
export interface LargestDifference {
  /** Positions of calls, from a root to the one that differs. */
  readonly path: readonly number[];
  /**
   * What differs: how often it is called, how long it takes, how long it takes by itself, or several calls of what it
   * calls, of which the last of the path is the one that differs the most. Where nothing of that differs, how often it fails.
   */
  readonly kind: 'calls' | 'time' | 'own' | 'spread' | 'errors';
  /** Of the critical path, µs, later less before. */
  readonly difference: number;
}

/** Of the difference of what calls it: one that has less isn't where it comes from. */
const leastPart = 0.5;
/** By this factor the number of calls explains a difference in time. */
const moreCalls = 1.25;

/**
 * The way down along which most of the difference goes, as far as one call has most of it, or as one is called more
 * often or less. In traces that take as long it begins where the most differs. Undefined: there is no difference.
 */
export function largestDifference(
  calls: readonly ComparedCall[],
  durations: Sides,
): LargestDifference | undefined {
  const below = childrenOf(calls);
  const whole = (below.get(-1) ?? []).reduce((sum, root) => sum + changeAt(calls, root), 0);
  const start = isNotable(whole, durations) ? -1 : mostChanged(calls);
  const direction = Math.sign(start < 0 ? whole : changeAt(calls, start));
  const path = [...pathTo(calls, start)];
  const worth = (at: number) => direction * changeAt(calls, at);
  while (!hasOtherCalls(calls[path.at(-1) ?? -1], direction)) {
    const last = path.at(-1) ?? -1;
    const rest = last < 0 ? Math.abs(whole) : worth(last);
    const parts = below.get(last) ?? [];
    const next = largestOf(parts, worth);
    const isMost = next !== undefined && worth(next) > 0 && worth(next) >= rest * leastPart;
    if (next === undefined || !isMost) {
      const own = rest - parts.reduce((sum, at) => sum + worth(at), 0);
      const kind = parts.length === 0 ? 'time' : own >= rest * leastPart ? 'own' : 'spread';
      if (next !== undefined && worth(next) > 0 && kind === 'spread') path.push(next);
      return found(calls, path, kind, direction * own);
    }
    path.push(next);
  }
  return found(calls, path, 'calls', 0);
}

/** Of the calls the one with the largest difference in time; -1: none has any. */
function mostChanged(calls: readonly ComparedCall[]): number {
  const most = largestOf(calls.keys(), (at) => Math.abs(changeAt(calls, at)));
  return most !== undefined && changeAt(calls, most) !== 0 ? most : -1;
}

function found(
  calls: readonly ComparedCall[],
  path: readonly number[],
  kind: LargestDifference['kind'],
  own: number,
): LargestDifference | undefined {
  const last = path.at(-1);
  if (last !== undefined)
    return { path, kind, difference: kind === 'own' ? own : changeAt(calls, last) };
  const other = calls.findIndex((call) => differenceOf(call.calls) !== 0);
  if (other >= 0) return { path: pathTo(calls, other), kind: 'calls', difference: 0 };
  const failed = calls.findLastIndex((call) => differenceOf(call.errors) !== 0);
  return failed < 0 ? undefined : { path: pathTo(calls, failed), kind: 'errors', difference: 0 };
}

const changeAt = (calls: readonly ComparedCall[], at: number): number =>
  differenceOf(calls[at]?.critical ?? [0, 0]);

/** So many more, or fewer, that this is why it takes longer, or not as long. */
function hasOtherCalls(call: ComparedCall | undefined, direction: number): boolean {
  if (!call) return false;
  const [fewer, more] = direction < 0 ? turned(call.calls) : call.calls;
  return more > fewer * moreCalls;
}

function largestOf(positions: Iterable<number>, worth: (at: number) => number): number | undefined {
  let largest: number | undefined;
  for (const at of positions) if (largest === undefined || worth(at) > worth(largest)) largest = at;
  return largest;
}

/** Positions of what each calls, by position; -1: the roots. */
export function childrenOf(
  calls: readonly Pick<ComparedCall, 'parent'>[],
): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const [at, { parent }] of calls.entries()) {
    const siblings = children.get(parent);
    if (siblings) siblings.push(at);
    else children.set(parent, [at]);
  }
  return children;
}

/** Positions from a root to the call. */
function pathTo(calls: readonly Pick<ComparedCall, 'parent'>[], at: number): readonly number[] {
  const path: number[] = [];
  for (let next = at; next >= 0; next = calls[next]?.parent ?? -1) path.push(next);
  return path.reverse();
}
