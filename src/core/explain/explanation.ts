import { microseconds, type Microseconds } from '../base/units.ts';
import { nearestRank } from '../base/nearestRank.ts';
import type { CodeLocation } from '../code/location.ts';
import { costKinds, type CostKind } from './costKind.ts';
import { isMethod, type CostPlace } from './costPlace.ts';
import type { CostBranch, CostTree } from './costTree.ts';
import type { Loops } from './loops.ts';

/** How often something is done in one request, or for how long (µs): the median of the slow ones and of the others. */
export interface PerRequest {
  readonly slow: number;
  /** Undefined: all that were read are slow. */
  readonly usual: number | undefined;
}

/** A place with what it costs, reached from the place above it. */
export interface CostNode extends CostPlace {
  /** Of the critical path of all requests: its own and that of everything below it, 0 to 1. */
  readonly share: number;
  readonly ownShare: number;
  readonly calls: number;
  readonly callsPerRequest: PerRequest;
  /** Of the critical path, with everything below it: µs. */
  readonly timePerRequest: PerRequest;
  /** Of one call. */
  readonly p50: Microseconds;
  readonly p95: Microseconds;
  readonly total: Microseconds;
  /** What most of its own time is spent on. */
  readonly kind: CostKind;
  /** Where a request calls it more than once: the loops in the code, or `map` and the like, that do. Several: one of these. */
  readonly loops: readonly CodeLocation[];
  /** By share, largest first. */
  readonly below: readonly CostNode[];
  /** How many places below it were left out: see `withinDepth`. */
  readonly omitted?: number;
}

/** Where the time of requests goes. */
export interface Explanation {
  readonly requests: number;
  readonly slowRequests: number;
  /** Median of the slow requests. */
  readonly slow: Microseconds;
  /** Median of the others; undefined: there are none. */
  readonly usual: Microseconds | undefined;
  readonly root: CostNode;
  /** Shares of the critical path; they add up to 1 where it took any time. Largest first. */
  readonly kinds: readonly { readonly kind: CostKind; readonly share: number }[];
  readonly services: readonly { readonly service: string; readonly share: number }[];
}

export interface ExplainOptions {
  /** Requests that took as long or longer are slow. */
  readonly slowFrom: Microseconds;
  readonly loops: Loops;
}

/** Where the time of the tree's requests goes; undefined: it has none. Shares are of the time of all requests, so slow ones count more. */
export const explain = (tree: CostTree, options: ExplainOptions): Explanation | undefined =>
  explainPlaces(tree, options)?.explanation;

/** The same, with what each place of the tree became in it. */
export function explainPlaces(
  tree: CostTree,
  options: ExplainOptions,
):
  | { readonly explanation: Explanation; readonly nodes: ReadonlyMap<CostBranch, CostNode> }
  | undefined {
  const { root, durations, services } = tree;
  if (root === undefined) return undefined;
  const isSlow = durations.map((duration) => duration >= options.slowFrom);
  const spent = new Map(costKinds.map((kind) => [kind, 0]));
  const whole = [...services.values()].reduce((sum, time) => sum + time, 0);
  const context = { isSlow, spent, whole, loops: options.loops };
  const times = (slow: boolean) => durations.filter((_, at) => isSlow[at] === slow);
  const usual = times(false);
  const nodes = nodesOf(root, context);
  const explanation = {
    requests: durations.length,
    slowRequests: times(true).length,
    slow: microseconds(median(times(true))),
    usual: usual.length === 0 ? undefined : microseconds(median(usual)),
    root: nodes.get(root) as CostNode,
    kinds: shares(spent, whole).map(([kind, share]) => ({ kind, share })),
    services: shares(services, whole).map(([service, share]) => ({ service, share })),
  };
  return { explanation, nodes };
}

interface Context {
  /** By position of the request. */
  readonly isSlow: readonly boolean[];
  /** What all was spent on, added up here. */
  readonly spent: Map<CostKind, number>;
  readonly whole: number;
  readonly loops: Loops;
}

interface Reached {
  readonly branch: CostBranch;
  /** Id of the method that it is reached from, the nearest that is known. */
  readonly callerId: string | undefined;
}

/** Children before parents, without recursion: calls may be nested thousands deep. */
function nodesOf(root: CostBranch, context: Context): ReadonlyMap<CostBranch, CostNode> {
  const order: Reached[] = [{ branch: root, callerId: undefined }];
  for (const { branch, callerId } of order) {
    const { location } = branch.place;
    const within = location && isMethod(branch.place) ? context.loops.methodAt(location) : callerId;
    for (const below of branch.below.values()) order.push({ branch: below, callerId: within });
  }
  const nodes = new Map<CostBranch, CostNode>();
  for (const reached of order.reverse()) {
    const below = [...reached.branch.below.values()].flatMap((one) => nodes.get(one) ?? []);
    nodes.set(reached.branch, withCosts(reached, below, context));
  }
  return nodes;
}

function withCosts(
  { branch: { place, durations, calls, times, own }, callerId }: Reached,
  below: readonly CostNode[],
  { isSlow, spent, whole, loops }: Context,
): CostNode {
  for (const [kind, time] of own) spent.set(kind, (spent.get(kind) ?? 0) + time);
  const ownTime = [...own.values()].reduce((sum, time) => sum + time, 0);
  const ownShare = whole === 0 ? 0 : ownTime / whole;
  const sorted = Float64Array.from(durations).sort();
  const [kind = 'code'] = [...own].sort(([, a], [, b]) => b - a).map(([one]) => one);
  return {
    ...place,
    share: withoutNoise(below.reduce((sum, { share }) => sum + share, ownShare)),
    ownShare,
    calls: [...calls.values()].reduce((sum, count) => sum + count, 0),
    callsPerRequest: perRequest(calls, isSlow),
    timePerRequest: perRequest(times, isSlow),
    p50: microseconds(quantile(sorted, 0.5)),
    p95: microseconds(quantile(sorted, 0.95)),
    total: microseconds(sorted.reduce((sum, time) => sum + time, 0)),
    kind,
    loops:
      place.callId !== undefined && isRepeated(calls) ? loops.around(place.callId, callerId) : [],
    below: below.toSorted((a, b) => b.share - a.share || b.total - a.total),
  };
}

const isRepeated = (calls: ReadonlyMap<number, number>): boolean =>
  [...calls.values()].some((count) => count > 1);

/** @param values by position of the request */
export function perRequest(
  values: ReadonlyMap<number, number>,
  isSlow: readonly boolean[],
): PerRequest {
  const counts = (slow: boolean) =>
    isSlow.flatMap((one, request) => (one === slow ? [values.get(request) ?? 0] : []));
  const usual = counts(false);
  return {
    slow: median(counts(true)),
    usual: usual.length === 0 ? undefined : median(usual),
  };
}

function shares<Key>(times: ReadonlyMap<Key, number>, whole: number): [Key, number][] {
  return [...times]
    .filter(([, time]) => time > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([key, time]) => [key, time / whole]);
}

/** Sums of thousands of shares end a hair beside what they are, and the whole is shown as such. */
const withoutNoise = (share: number): number =>
  Math.abs(share - 1) < 1e-7 ? 1 : Math.round(share * 1e9) / 1e9;

export const median = (values: readonly number[]): number =>
  quantile(Float64Array.from(values).sort(), 0.5);

const quantile = (sorted: Float64Array, q: number): number =>
  sorted[nearestRank(q, sorted.length)] ?? 0;
