/** Indent of one level, px. */
export const levelWidth = 14;

/** Levels that get their full indent. */
const fullLevels = 12;

/**
 * Indent of a span in px, never over `limit`: full steps for the first levels, then ever smaller ones, so
 * that a trace 70,000 deep still leans to the right at each level yet keeps its names on screen.
 */
export function indentOf(depth: number, limit: number): number {
  const full = Math.min(depth, fullLevels) * levelWidth;
  const deeper = Math.max(0, depth - fullLevels);
  const compressed = levelWidth * 2 * Math.log2(1 + deeper / 2);
  return Math.min(limit, full + compressed);
}

/** Past this depth levels look alike: the row then says its depth as a number. */
export const isCompressed = (depth: number, limit: number): boolean =>
  depth > fullLevels || depth * levelWidth > limit;
