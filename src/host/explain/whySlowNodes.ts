import { message } from '../../core/base/message.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { differenceText, type Difference } from '../../core/explain/differences.ts';
import { dominantCost } from '../../core/explain/dominantCost.ts';
import { kindText } from '../../core/explain/explainText.ts';
import type { CostNode } from '../../core/explain/explanation.ts';
import type { ExplainAnswer } from '../../engine/methods.ts';
import type { EndpointTarget } from '../targets.ts';

/**
 * What the Why Slow tree shows. Nodes are arguments of the commands that a click on them runs. `id` is the same after a
 * refresh, so that what was open stays open.
 */
export type WhySlowNode =
  SharesNode | ShareNode | DifferencesNode | DifferenceNode | PlaceNode | RestNode;

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

/** Places too small for a row each. */
interface RestNode extends Inside {
  readonly kind: 'rest';
  readonly places: readonly CostNode[];
  readonly parent: PlaceNode;
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
      return [];
    case 'place':
      return placesBelow(node);
    case 'rest':
      return placeNodes(node.places, {
        id: node.id,
        parent: node,
        dominant: node.parent.dominant,
      });
  }
}

/** A single small place is no longer than a row that stands for it. */
function placesBelow(node: PlaceNode): readonly WhySlowNode[] {
  const { below } = node.cost;
  const small = below.filter(({ share }) => share < leastShare);
  const folded = small.length < 2 ? [] : small;
  const shown = below.filter((one) => !folded.includes(one));
  const places = placeNodes(shown, { id: node.id, parent: node, dominant: node.dominant });
  if (folded.length === 0) return places;
  return [...places, { kind: 'rest', id: `${node.id}\nrest`, parent: node, places: folded }];
}

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
  JSON.stringify(location === undefined ? [service, symbol] : lineOf(location));

const lineOf = ({ path, line }: CodeLocation) => [path, line];

/** From the top to the row that most of the time goes to; to the top itself where it goes to no one place. */
export function dominantPath(top: PlaceNode): readonly PlaceNode[] {
  const path = [top];
  if (top.dominant === undefined) return path;
  for (let at = top; at.cost !== top.dominant;) {
    const [next] = childNodes(at);
    if (next?.kind !== 'place') break;
    path.push(next);
    at = next;
  }
  return path;
}
