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
