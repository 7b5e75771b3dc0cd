import type { CodeLocation } from '../../core/code/location.ts';
import { message } from '../../core/base/message.ts';
import { differenceText, type Difference } from '../../core/explain/differences.ts';
import { dominantCost } from '../../core/explain/dominantCost.ts';
import { kindText } from '../../core/explain/explainText.ts';
import type { CostNode } from '../../core/explain/explanation.ts';
import type { ExplainAnswer } from '../../engine/methods.ts';
import { loopTarget } from '../editor/handlerTarget.ts';
import type { EndpointTarget } from '../targets.ts';

/**
 * What the Why Slow tree shows. Nodes are arguments of the commands that a click on them runs. `id` is the same after a
 * refresh, so that what was open stays open.
 */
export type WhySlowNode =
  | SharesNode
  | ShareNode
  | DifferencesNode
  | DifferenceNode
  | PlaceNode
  | LoopNode
  | RestNode
  | OmittedNode;

interface Inside {
  readonly id: string;
  readonly parent: WhySlowNode | undefined;
}

interface NamedShare {
  readonly name: string;
  readonly share: number;
}

/** What the time was spent on, or in which service. */
interface SharesNode extends Inside {
  readonly kind: 'shares';
  readonly by: 'kind' | 'service';
  readonly shares: readonly NamedShare[];
}

interface ShareNode extends Inside, NamedShare {
  readonly kind: 'share';
  /** Those beside it: their texts end at the same place. */
  readonly beside: readonly number[];
}

/** What slow requests have and others don't. */
interface DifferencesNode extends Inside {
  readonly kind: 'differences';
  readonly differences: readonly Difference[];
}

interface DifferenceNode extends Inside {
  readonly kind: 'difference';
  /** Hostile text. */
  readonly text: string;
}

export interface PlaceNode extends Inside, EndpointTarget {
  readonly kind: 'place';
  readonly cost: CostNode;
  /** Of the rows beside it and its own: their texts end at the same place. */
  readonly beside: readonly number[];
  /** What most of the time goes to, where it goes to one place. */
  readonly dominant: CostNode | undefined;
}

/** Below a place: a loop that runs it. */
interface LoopNode extends Inside, EndpointTarget {
  readonly kind: 'loop';
  readonly location: CodeLocation;
  /** No other loop of the code does. */
  readonly isSure: boolean;
}

/** Places too small for a row each. */
interface RestNode extends Inside {
  readonly kind: 'rest';
  readonly places: readonly CostNode[];
  readonly parent: PlaceNode;
}

/** Places below that are nested too deep for a row each: they can't be shown. */
interface OmittedNode extends Inside {
  readonly kind: 'omitted';
  readonly count: number;
}

/** Of the whole: what took less has no row of its own. */
const leastShare = 0.01;

/** What was asked is part of every id: what is open below one endpoint isn't below another. */
export function rootNodes({
  explanation,
  endpoint,
  differences,
}: ExplainAnswer): readonly WhySlowNode[] {
  const { root, kinds, services } = explanation;
  const base = JSON.stringify([endpoint?.id ?? '', root.symbol]);
  const byKind = kinds.map(({ kind, share }) => ({ name: kindText(kind), share }));
  const byService = services.map(({ service, share }) => ({
    name: service === '' ? message('(no service)') : service,
    share,
  }));
  const shares = (by: SharesNode['by'], list: readonly NamedShare[]): readonly SharesNode[] =>
    list.length < 2
      ? []
      : [{ kind: 'shares', id: `${base}\n${by}`, by, shares: list, parent: undefined }];
  return [
    ...shares('kind', byKind),
    ...shares('service', byService),
    ...(differences.length === 0
      ? []
      : ([
          { kind: 'differences', id: `${base}\ndiffers`, parent: undefined, differences },
        ] as const)),
    ...placeNodes([root], { id: base, parent: undefined, dominant: dominantCost(root) }),
  ];
}

export function childNodes(node: WhySlowNode): readonly WhySlowNode[] {
  switch (node.kind) {
    case 'shares': {
      const beside = node.shares.map(({ share }) => share);
      return node.shares.map((one) => ({
        kind: 'share',
        id: `${node.id}\n${JSON.stringify(one.name)}`,
        parent: node,
        beside,
        ...one,
      }));
    }
    case 'differences':
      return node.differences.map((one, at) => ({
        kind: 'difference',
        id: `${node.id}\n${String(at)}`,
        parent: node,
        text: differenceText(one),
      }));
    case 'share':
    case 'difference':
    case 'loop':
    case 'omitted':
      return [];
    case 'place':
      return [...loopsOf(node), ...placesBelow(node), ...omittedBelow(node)];
    case 'rest':
      return placeNodes(node.places, {
        id: node.id,
        parent: node,
        dominant: node.parent.dominant,
      });
  }
}

const loopsOf = (node: PlaceNode): readonly LoopNode[] =>
  node.cost.loops.map((loop, at, all) => ({
    kind: 'loop',
    id: `${node.id}\nloop ${String(at)}`,
    parent: node,
    ...loopTarget(loop),
    location: loop,
    isSure: all.length === 1,
  }));

/** A single small place is no longer than a row that stands for it. */
function placesBelow(node: PlaceNode): readonly WhySlowNode[] {
  const { below } = node.cost;
  const small = below.filter(({ share }) => share < leastShare);
  const isFolded = small.length >= 2;
  const shown = isFolded ? below.filter(({ share }) => share >= leastShare) : below;
  const places = placeNodes(shown, { id: node.id, parent: node, dominant: node.dominant });
  if (!isFolded) return places;
  return [...places, { kind: 'rest', id: `${node.id}\nrest`, parent: node, places: small }];
}

const omittedBelow = (node: PlaceNode): readonly OmittedNode[] => {
  const { omitted: count = 0 } = node.cost;
  return count === 0 ? [] : [{ kind: 'omitted', id: `${node.id}\nomitted`, parent: node, count }];
};

function placeNodes(
  costs: readonly CostNode[],
  { id, parent, dominant }: Inside & Pick<PlaceNode, 'dominant'>,
): readonly PlaceNode[] {
  const beside = costs.map(({ share }) => share);
  return costs.map((cost) => ({
    kind: 'place',
    id: `${id}\n${keyOf(cost)}`,
    parent,
    cost,
    beside,
    dominant,
    endpointId: '',
    title: cost.symbol,
    location: cost.location,
    slowestTraceId: undefined,
    reason: cost.reason,
  }));
}

/** What places below the same one are told from each other by. */
const keyOf = ({ location, service, symbol }: CostNode): string =>
  JSON.stringify([service, symbol, location?.path, location?.line]);

/** From the top to the row of a place; as far as there are rows where it is none of the top's. */
export function pathTo(
  top: PlaceNode,
  isWanted: (cost: CostNode) => boolean,
): readonly PlaceNode[] {
  const wanted = costPath(top.cost, isWanted);
  const path = [top];
  for (const cost of wanted.slice(1)) {
    const row = placeRows(path.at(-1)).find((one) => one.cost === cost);
    if (row) path.push(row);
  }
  return path;
}

/** Those of small places too, which share a row. */
const placeRows = (node: PlaceNode | undefined): readonly PlaceNode[] =>
  (node === undefined ? [] : childNodes(node))
    .flatMap((one) => (one.kind === 'rest' ? childNodes(one) : [one]))
    .filter((one) => one.kind === 'place');

/** To the place with the largest share of those that are wanted; the top alone where none is. */
function costPath(top: CostNode, isWanted: (cost: CostNode) => boolean): readonly CostNode[] {
  const above = new Map<CostNode, CostNode>();
  let best: CostNode | undefined;
  const waiting = [top];
  for (const cost of waiting) {
    if (isWanted(cost) && cost.share > (best?.share ?? -1)) best = cost;
    for (const below of cost.below) {
      above.set(below, cost);
      waiting.push(below);
    }
  }
  const path: CostNode[] = [];
  for (let at = best ?? top; ; at = above.get(at) ?? top) {
    path.unshift(at);
    if (at === top) return path;
  }
}
