import { formatCount } from '../base/format.ts';
import { message } from '../base/message.ts';
import type { Microseconds } from '../base/units.ts';
import type { Attributes } from '../trace/rawSpan.ts';
import type { CostTree } from './costTree.ts';
import type { CostNode, PerRequest } from './explanation.ts';

/** What slow requests have and others don't. Names and values are of spans: hostile text. */
export type Difference =
  | { readonly kind: 'calls'; readonly symbol: string; readonly perRequest: PerRequest }
  | {
      readonly kind: 'attribute';
      readonly key: string;
      readonly value: string;
      /** Requests that have it, and of how many. */
      readonly slow: readonly [number, number];
      readonly usual: readonly [number, number];
    };

/** Of the time: places that cost less explain nothing. */
const leastShare = 0.05;
const timesAsOften = 2;
/** Fewer requests show nothing that stands out. */
const fewestSlow = 3;
const fewestUsual = 5;
/** Of the slow requests that have an attribute, and of the others. */
const mostlyPart = 0.8;
const rarelyPart = 0.2;
const mostDifferences = 5;
const longestValue = 200;

/**
 * What stands out about the slow requests.
 * @param root of the explanation of the tree's requests
 * @param slowFrom requests that took as long or longer are slow
 */
export const differences = (
  { durations, attributes }: Pick<CostTree, 'durations' | 'attributes'>,
  root: CostNode,
  slowFrom: Microseconds,
): readonly Difference[] => [
  ...differentCalls(root),
  ...differentAttributes(
    durations.map((duration, at) => ({
      attributes: attributes[at] ?? [],
      isSlow: duration >= slowFrom,
    })),
  ),
];

/** Places that slow requests reach more often, those that cost most first. */
function differentCalls(root: CostNode): readonly Difference[] {
  const places: CostNode[] = [];
  const waiting = [root];
  for (const node of waiting) {
    const { slow, usual } = node.callsPerRequest;
    if (usual !== undefined && slow >= Math.max(1, usual * timesAsOften)) places.push(node);
    // What is called below more calls is called more often, too.
    else waiting.push(...node.below.filter(({ share }) => share >= leastShare));
  }
  return places
    .sort((a, b) => b.share - a.share)
    .slice(0, mostDifferences)
    .map(({ symbol, callsPerRequest: perRequest }) => ({ kind: 'calls', symbol, perRequest }));
}

/**
 * Attributes that most of the slow requests have and few of the others; none where there are too few of either.
 * @param requests the attributes of each one's own span, and whether it was slow
 */
function differentAttributes(
  requests: readonly { readonly attributes: Attributes; readonly isSlow: boolean }[],
): readonly Difference[] {
  const slow = requests.filter(({ isSlow }) => isSlow);
  const usual = requests.filter(({ isSlow }) => !isSlow);
  if (slow.length < fewestSlow || usual.length < fewestUsual) return [];
  const [ofSlow, ofUsual] = [valuesOf(slow), valuesOf(usual)];
  return [...ofSlow]
    .flatMap(([pair, count]): Difference[] => {
      const others = ofUsual.get(pair) ?? 0;
      if (count < slow.length * mostlyPart || others > usual.length * rarelyPart) return [];
      const [key = '', value = ''] = JSON.parse(pair) as string[];
      const [slowOf, usualOf] = [[count, slow.length] as const, [others, usual.length] as const];
      return [{ kind: 'attribute', key, value, slow: slowOf, usual: usualOf }];
    })
    .slice(0, mostDifferences);
}

/** How many requests have each attribute with each value. */
function valuesOf(
  requests: readonly { readonly attributes: Attributes }[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { attributes } of requests) {
    const pairs = attributes.flatMap(({ key, value }) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return text.length > longestValue ? [] : [JSON.stringify([key, text])];
    });
    for (const pair of new Set(pairs)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** `Slow requests: 31 × GET tax/rates/*, usually 4.` */
export function differenceText(difference: Difference): string {
  if (difference.kind === 'attribute') {
    const { key, value, slow, usual } = difference;
    return message(
      'Slow requests: {0}={1} ({2} of {3}; others: {4} of {5})',
      key,
      value,
      ...slow,
      ...usual,
    );
  }
  const { symbol, perRequest } = difference;
  return message(
    'Slow requests: {0} × {1}, usually {2}',
    formatCount(perRequest.slow),
    symbol,
    formatCount(perRequest.usual ?? 0),
  );
}
