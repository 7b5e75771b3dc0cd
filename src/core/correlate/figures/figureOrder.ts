import type { Figures } from './figures.ts';
import { errorShare } from './figuresText.ts';

/** What endpoints are ordered by. */
export type EndpointOrder = 'p95' | 'total' | 'errors' | 'count';

/** A row's place in that order, for sorting and bars only; undefined: unknown. Errors of a sample count for all requests. */
export function orderValue(figures: Figures, order: EndpointOrder): number | undefined {
  if (order !== 'errors') return figures[order];
  const share = errorShare(figures);
  return figures.errors ?? (share === undefined ? undefined : share * figures.count);
}

/**
 * What a row is sorted by first: 0 with figures, 1 with those of a proxy, 2 without. A proxy's requests are those of the
 * endpoints behind it, and by method alone they would stand above them.
 */
export const orderRank = (figures: Pick<Figures, 'layer'> | undefined): 0 | 1 | 2 =>
  figures === undefined ? 2 : figures.layer === 'proxy' ? 1 : 0;
