import type { CostNode } from './explanation.ts';

/** Of the whole: less dominates nothing. */
export const dominantShare = 0.4;
/** Of the place above: below that the time is spread over several. */
const leastPart = 0.6;

/**
 * The line of the handler's own service that costs the most, and what runs there: the last place on the way down along
 * which most of the time goes. Undefined: it goes to no one place, or to the handler itself.
 */
export function dominantCost(root: CostNode): CostNode | undefined {
  let dominant: CostNode | undefined;
  for (
    let next = root.below[0];
    next !== undefined &&
    next.service === root.service &&
    next.share >= dominantShare &&
    next.share >= (dominant ?? root).share * leastPart;
    next = next.below[0]
  )
    dominant = next;
  return dominant;
}
