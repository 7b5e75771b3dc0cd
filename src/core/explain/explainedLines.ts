import type { CostNode } from './explanation.ts';

/** A place as a line of a tree. */
export interface ExplainedLine {
  readonly node: CostNode;
  /** 0: the request itself. */
  readonly depth: number;
}

/**
 * The places that matter, each below the one it is reached from: those with at least `leastShare` of the time, and of
 * these the `most` with the largest shares.
 */
export function explainedLines(
  root: CostNode,
  { leastShare, most }: { readonly leastShare: number; readonly most: number },
): readonly ExplainedLine[] {
  const lines: ExplainedLine[] = [];
  const waiting: ExplainedLine[] = [{ node: root, depth: 0 }];
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    lines.push(line);
    const depth = line.depth + 1;
    const below = line.node.below.filter(({ share }) => share >= leastShare);
    waiting.push(...below.map((node) => ({ node, depth })).reverse());
  }
  const shares = lines.map(({ node }) => node.share).sort((a, b) => b - a);
  const least = shares[most - 1] ?? 0;
  return lines.filter(({ node }) => node.share >= least).slice(0, most);
}
