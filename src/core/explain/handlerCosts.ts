import type { CostTree } from './costTree.ts';
import { dominantCost } from './dominantCost.ts';
import { explainedLines } from './explainedLines.ts';
import { explain, type CostNode } from './explanation.ts';
import type { Loops } from './loops.ts';
import { slowFrom } from './slowFrom.ts';

/** Where the time of a handler's sampled requests goes. */
export interface HandlerCosts {
  readonly requests: number;
  /** What most of it goes to; undefined: to no one place. */
  readonly dominant: CostNode | undefined;
  /** The places with the largest shares, without the handler itself, in the order they are reached. */
  readonly places: readonly CostNode[];
}

/** Of a single request nothing is said. */
const fewestRequests = 2;
/** Of the time: smaller places aren't shown. */
export const shownShare = 0.03;
const shown = { most: 7, leastShare: shownShare };

/** What the trees of handlers say, by id of the handler. */
export function handlerCosts(
  trees: ReadonlyMap<string, CostTree>,
  loops: Loops,
): ReadonlyMap<string, HandlerCosts> {
  return new Map(
    [...trees].flatMap(([id, tree]) => {
      const costs = costsOf(tree, loops);
      return costs === undefined ? [] : [[id, costs]];
    }),
  );
}

function costsOf(tree: CostTree, loops: Loops): HandlerCosts | undefined {
  if (tree.durations.length < fewestRequests) return undefined;
  const explanation = explain(tree, { slowFrom: slowFrom(tree.durations), loops });
  if (explanation === undefined) return undefined;
  const { root, requests } = explanation;
  const dominant = dominantCost(root);
  return {
    requests,
    dominant: dominant && alone(dominant),
    places: explainedLines(root, shown)
      .slice(1)
      .map(({ node }) => alone(node)),
  };
}

/** What is below isn't kept: a request may have thousands of places. */
const alone = (node: CostNode): CostNode => ({ ...node, below: [] });
