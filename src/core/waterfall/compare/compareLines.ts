import {
  differenceOf,
  isDifferent,
  type ComparedCall,
  type ComparedLine,
  type ComparedMeasure,
  type Sides,
} from '../../trace/compare/comparison.ts';
import type { PlacedCall } from '../../trace/compare/differenceText.ts';
import { childrenOf } from '../../trace/compare/largestDifference.ts';

/** What a comparison can be sorted by, as its columns stand. */
export const compareKeys = ['path', 'calls', 'time', 'difference', 'place'] as const;
export type CompareKey = (typeof compareKeys)[number];

export interface CompareSort {
  readonly key: CompareKey;
  readonly ascending: boolean;
}

/** A line of the tree of calls. */
export interface CallLine {
  /** Position of the call in the list. */
  readonly at: number;
  /** From 1. */
  readonly level: number;
  /** Undefined: it calls nothing that is shown. */
  readonly isOpen: boolean | undefined;
  /** Place among its siblings, from 1, and how many those are. */
  readonly position: number;
  readonly setSize: number;
}

/** How a tree of calls is shown. */
export interface CallTreeView {
  readonly sort: CompareSort;
  readonly measure: ComparedMeasure;
  /** Of a position. */
  readonly isOpen: (at: number) => boolean;
  /** Positions that have a line; undefined: all. */
  readonly shown: Uint8Array | undefined;
}

/** The lines of a tree: siblings in order, below each open call what it calls. Without recursion. */
export function callLines(
  calls: readonly PlacedCall[],
  { sort, measure, isOpen, shown }: CallTreeView,
): readonly CallLine[] {
  const below = childrenOf(calls);
  const compare = comparing(sort, (at) => keysOf(calls[at], measure));
  const linesOf = (parent: number, level: number): CallLine[] => {
    const siblings = (below.get(parent) ?? []).filter((at) => shown?.[at] !== 0);
    return siblings.toSorted(compare).map((at, index) => ({
      at,
      level,
      isOpen: (below.get(at) ?? []).some((child) => shown?.[child] !== 0) ? isOpen(at) : undefined,
      position: index + 1,
      setSize: siblings.length,
    }));
  };
  const lines: CallLine[] = [];
  const waiting = linesOf(-1, 1).reverse();
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    lines.push(line);
    if (line.isOpen !== true) continue;
    for (const below of linesOf(line.at, line.level + 1).reverse()) waiting.push(below);
  }
  return lines;
}

/** Positions of lines in order. */
export function sortedLines(
  lines: readonly (Pick<ComparedLine, 'calls' | 'self'> & { readonly place: string })[],
  sort: CompareSort,
): readonly number[] {
  const keys = (at: number): Keys => {
    const { calls, self, place } = lines[at] ?? { calls: none, self: none, place: '' };
    return { calls, times: self, place };
  };
  return [...lines.keys()].sort(comparing(sort, keys));
}

/** 1 for each call that differs, in how often, in how long or in how often it failed, and for all that lead to it. */
export function differingCalls(
  calls: readonly ComparedCall[],
  measure: ComparedMeasure,
  durations: Sides,
): Uint8Array {
  const shown = new Uint8Array(calls.length);
  for (let at = calls.length - 1; at >= 0; at--) {
    const call = calls[at];
    if (!call) continue;
    if (isDifferent(call, call[measure], durations)) shown[at] = 1;
    if (shown[at] === 1 && call.parent >= 0) shown[call.parent] = 1;
  }
  return shown;
}

interface Keys {
  readonly calls: Sides;
  readonly times: Sides;
  readonly place: string;
}

const none: Sides = [0, 0];

const keysOf = (call: PlacedCall | undefined, measure: ComparedMeasure): Keys => ({
  calls: call?.calls ?? none,
  times: call?.[measure] ?? none,
  place: call?.place ?? '',
});

/** Differences by their size, whatever their sign; equal ones stay in the order of their positions. */
function comparing({ key, ascending }: CompareSort, keysAt: (at: number) => Keys) {
  const sign = ascending ? 1 : -1;
  const size = (sides: Sides) => Math.abs(differenceOf(sides));
  return (a: number, b: number): number => {
    const [one, other] = [keysAt(a), keysAt(b)];
    const order = {
      path: () => a - b,
      calls: () => size(one.calls) - size(other.calls),
      time: () => one.times[1] - other.times[1],
      difference: () => size(one.times) - size(other.times),
      place: () => (one.place < other.place ? -1 : Number(one.place > other.place)),
    }[key]();
    return sign * order || a - b;
  };
}
