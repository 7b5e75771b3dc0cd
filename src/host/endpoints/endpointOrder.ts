import {
  orderValue,
  orderRank,
  type EndpointOrder,
} from '../../core/correlate/figures/figureOrder.ts';
import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import { costKinds, type CostKind } from '../../core/explain/costKind.ts';
import { noKinds, timeIn, type RowKinds } from './rowKinds.ts';
import { rowTitle } from './rowTitle.ts';

/** What rows are ordered by: a figure, or the time that they spend on something. */
export type RowOrder = EndpointOrder | CostKind;

export const isKind = (order: RowOrder): order is CostKind =>
  (costKinds as readonly RowOrder[]).includes(order);

export interface ServiceGroup {
  /** Empty: handlers of which no service is known yet. */
  readonly service: string;
  readonly rows: readonly EndpointRow[];
}

/** What a row is measured by; 0 without figures, and where this one isn't known. */
export function valueOf(row: EndpointRow, order: RowOrder, kinds: RowKinds): number {
  if (isKind(order)) return timeIn(order, row, kinds.get(row)) ?? 0;
  return row.figures === undefined ? 0 : (orderValue(row.figures, order) ?? 0);
}

/**
 * The rows by service, most costly first: services by their first row, a proxy's rows after the others, rows without figures
 * last, ties by name. Groups whose rows all lack the filter's words are left out.
 */
export function groupEndpoints(
  rows: readonly EndpointRow[],
  order: RowOrder,
  filter: string,
  kinds: RowKinds = noKinds,
): readonly ServiceGroup[] {
  const groups = new Map<string, EndpointRow[]>();
  for (const row of rows.toSorted(byCost(order, kinds))) {
    if (!matchesFilter(row, filter)) continue;
    const group = groups.get(row.service);
    if (group) group.push(row);
    else groups.set(row.service, [row]);
  }
  return [...groups].map(([service, grouped]) => ({ service, rows: grouped }));
}

/** True when each word of the filter is in the row's title, handler or service, in any case. */
function matchesFilter(row: EndpointRow, filter: string): boolean {
  const { handler, service } = row;
  const symbol = handler ? `${handler.controller}.${handler.handler}` : '';
  const text = `${rowTitle(row)} ${symbol} ${service}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const byCost = (order: RowOrder, kinds: RowKinds) => (a: EndpointRow, b: EndpointRow) =>
  orderRank(a.figures) - orderRank(b.figures) ||
  valueOf(b, order, kinds) - valueOf(a, order, kinds) ||
  rowTitle(a).localeCompare(rowTitle(b), 'en');
