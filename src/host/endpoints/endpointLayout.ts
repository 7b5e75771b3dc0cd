import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import { alignedTexts } from './alignedTexts.ts';
import { barShare } from './barScale.ts';
import type { KindShares } from '../../core/explain/requestKinds.ts';
import { valueOf, type RowOrder, type ServiceGroup } from './endpointOrder.ts';
import { costText } from './endpointText.ts';
import { noKinds, type RowKinds } from './rowKinds.ts';
import { sharedPrefix, shortTitles } from './routeEnds.ts';
import { rowTitle } from './rowTitle.ts';

export interface LaidOutRow {
  readonly row: EndpointRow;
  /** The cost, then the end of the route: a narrow view cuts the end off, and the cost is what it is ordered by. */
  readonly label: string;
  /** The route that the label has only the end of; empty: it has what the prefix leaves. */
  readonly rest: string;
  /** Of its bar's length: 0 to 1. */
  readonly share: number;
  /** What its bar is split by; undefined: nothing, as its requests weren't sampled. */
  readonly kinds: KindShares | undefined;
}

export interface LaidOutGroup {
  readonly service: string;
  /** What its rows leave out of their routes: `/api/v1`; empty: nothing. */
  readonly prefix: string;
  readonly rows: readonly LaidOutRow[];
}

/**
 * The rows as the tree writes them: costs end at the same place, and what the routes of a service share is left to its
 * row.
 * @param all also rows that the filter leaves out: bars keep their length, routes their prefix.
 */
export function layOut(
  groups: readonly ServiceGroup[],
  all: readonly EndpointRow[],
  order: RowOrder,
  kinds: RowKinds = noKinds,
): readonly LaidOutGroup[] {
  const most = all.reduce((value, row) => Math.max(value, valueOf(row, order, kinds)), 0);
  const measured = groups.flatMap(({ rows }) => rows).filter(({ figures }) => figures);
  const costs = alignedTexts(measured.map((row) => costText(row, order, kinds.get(row))));
  const costOf = new Map(measured.map((row, at) => [row, `${costs[at] ?? ''}\u2002`]));
  return groups.map(({ service, rows }) => {
    const ofService = all.filter((row) => row.service === service);
    const titles = ofService.map(rowTitle);
    const prefix = sharedPrefix(titles);
    const short = new Map(shortTitles(titles, prefix).map((title, at) => [ofService[at], title]));
    const laidOut = rows.map((row) => {
      const { text, rest } = short.get(row) ?? { text: rowTitle(row), rest: '' };
      const label = `${costOf.get(row) ?? ''}${text}`;
      const share = barShare(valueOf(row, order, kinds), most);
      return { row, label, rest, share, kinds: kinds.get(row) };
    });
    return { service, prefix, rows: laidOut };
  });
}
