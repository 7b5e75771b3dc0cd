import type { CodeIndex } from '../code/model.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';
import { isMatch, type SpanMatch } from '../matching/match.ts';
import { callsInLoops } from './callsInLoops.ts';
import { CostTreeBuilder } from './costTree.ts';
import { dominantCost } from './dominantCost.ts';
import { explainedLines } from './explainedLines.ts';
import { explain, type CostNode } from './explanation.ts';
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
const shown = { most: 7, leastShare: 0.03 };

/** What sampled traces say, by id of the handler. */
export function handlerCosts(
  traces: readonly MappedTrace[],
  index: CodeIndex,
): ReadonlyMap<string, HandlerCosts> {
  const trees = new Map<string, CostTreeBuilder>();
  for (const mapped of traces) {
    for (const { row, handlerId } of handledRows(mapped)) {
      const tree = trees.get(handlerId) ?? new CostTreeBuilder();
      trees.set(handlerId, tree);
      tree.add(mapped, row);
    }
  }
  const inLoop = callsInLoops(index);
  return new Map(
    [...trees].flatMap(([id, tree]) => {
      const costs = costsOf(tree, inLoop);
      return costs === undefined ? [] : [[id, costs]];
    }),
  );
}

function costsOf(tree: CostTreeBuilder, inLoop: ReadonlySet<string>): HandlerCosts | undefined {
  if (tree.durations.length < fewestRequests) return undefined;
  const explanation = explain(tree, { slowFrom: slowFrom(tree.durations), inLoop });
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

/** The topmost rows of each handler, within another's requests too. Guesses (weak) are left out. */
function handledRows({
  trace,
  matches,
}: MappedTrace): readonly { readonly row: number; readonly handlerId: string }[] {
  const { parent } = trace.columns;
  const open: (string | undefined)[] = [];
  const found: { row: number; handlerId: string }[] = [];
  for (const [row, span] of trace.spans.entries()) {
    const handlerId = handlerOf(matches[row]);
    const above = open[parent[row] ?? -1];
    open.push(handlerId ?? above);
    if (handlerId !== undefined && handlerId !== above && span.unended !== true)
      found.push({ row, handlerId });
  }
  return found;
}

const handlerOf = (match: SpanMatch | undefined) =>
  match && isMatch(match) && match.confidence !== 'weak' ? match.handlerId : undefined;
