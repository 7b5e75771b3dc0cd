import { microseconds, type Microseconds } from '../base/units.ts';
import { nearestRank } from '../base/nearestRank.ts';
import { costKinds, type CostKind } from './costKind.ts';
import type { CostPlace } from './costPlace.ts';
import type { CostBranch, CostTree } from './costTree.ts';

/** How often something is done in one request: the median of the slow ones and of the others. */
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
  /** Of one call. */
  readonly p50: Microseconds;
  readonly p95: Microseconds;
  readonly total: Microseconds;
  /** What most of its own time is spent on. */
  readonly kind: CostKind;
  /** The call is inside a loop, or a callback of `map` and the like. */
  readonly inLoop: boolean;
  /** By share, largest first. */
  readonly below: readonly CostNode[];
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
  /** Calls (`CostPlace.callId`) that stand in a loop. */
  readonly inLoop: ReadonlySet<string>;
}

/** Where the time of the tree's requests goes; undefined: it has none. Shares are of the time of all requests, so slow ones count more. */
export function explain(tree: CostTree, options: ExplainOptions): Explanation | undefined {
  const { root, durations, services } = tree;
  if (root === undefined) return undefined;
  const isSlow = durations.map((duration) => duration >= options.slowFrom);
  const spent = new Map(costKinds.map((kind) => [kind, 0]));
  const whole = [...services.values()].reduce((sum, time) => sum + time, 0);
  const context = { isSlow, spent, whole, inLoop: options.inLoop };
  const times = (slow: boolean) => durations.filter((_, at) => isSlow[at] === slow);
  const usual = times(false);
  return {
    requests: durations.length,
    slowRequests: times(true).length,
    slow: microseconds(median(times(true))),
    usual: usual.length === 0 ? undefined : microseconds(median(usual)),
    root: nodeOf(root, context),
    kinds: shares(spent, whole).map(([kind, share]) => ({ kind, share })),
    services: shares(services, whole).map(([service, share]) => ({ service, share })),
  };
}

interface Context {
  /** By position of the request. */
  readonly isSlow: readonly boolean[];
  /** What all was spent on, added up here. */
  readonly spent: Map<CostKind, number>;
  readonly whole: number;
  readonly inLoop: ReadonlySet<string>;
}

/** Children before parents, without recursion: calls may be nested thousands deep. */
function nodeOf(root: CostBranch, context: Context): CostNode {
  const order: CostBranch[] = [root];
  for (const branch of order) order.push(...branch.below.values());
  const nodes = new Map<CostBranch, CostNode>();
  for (const branch of order.reverse()) {
    const below = [...branch.below.values()].flatMap((one) => nodes.get(one) ?? []);
    nodes.set(branch, withCosts(branch, below, context));
  }
  return nodes.get(root) as CostNode;
}

function withCosts(
  { place, durations, calls, own }: CostBranch,
  below: readonly CostNode[],
  { isSlow, spent, whole, inLoop }: Context,
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
    p50: microseconds(quantile(sorted, 0.5)),
    p95: microseconds(quantile(sorted, 0.95)),
    total: microseconds(sorted.reduce((sum, time) => sum + time, 0)),
    kind,
    inLoop: place.callId !== undefined && inLoop.has(place.callId),
    below: below.toSorted((a, b) => b.share - a.share || b.total - a.total),
  };
}

function perRequest(calls: ReadonlyMap<number, number>, isSlow: readonly boolean[]): PerRequest {
  const counts = (slow: boolean) =>
    isSlow.flatMap((one, request) => (one === slow ? [calls.get(request) ?? 0] : []));
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

const median = (values: readonly number[]): number =>
  quantile(Float64Array.from(values).sort(), 0.5);

const quantile = (sorted: Float64Array, q: number): number =>
  sorted[nearestRank(q, sorted.length)] ?? 0;
