import { formatCount, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { microseconds, type Microseconds } from '../../core/base/units.ts';
import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import type { CostKind } from '../../core/explain/costKind.ts';
import { kindText } from '../../core/explain/explainText.ts';
import {
  kindShares,
  type KindShares,
  type OperationKinds,
} from '../../core/explain/requestKinds.ts';

/** What rows spend their time on, as far as sampled traces say. */
export type RowKinds = ReadonlyMap<EndpointRow, KindShares>;
export const noKinds: RowKinds = new Map();

export function rowKinds(rows: readonly EndpointRow[], known: readonly OperationKinds[]): RowKinds {
  const ofService = Map.groupBy(known, ({ key }) => key.service);
  return new Map(
    rows.flatMap((row) => {
      const shares = kindShares(row.keys, ofService.get(row.service) ?? []);
      return shares === undefined ? [] : [[row, shares] as const];
    }),
  );
}

/** Of all requests of a row, by the share of those sampled; undefined: not known. */
export function timeIn(
  kind: CostKind,
  { figures }: EndpointRow,
  shares: KindShares | undefined,
): Microseconds | undefined {
  if (shares === undefined || figures?.total === undefined) return undefined;
  const share = shares.kinds.find((one) => one.kind === kind)?.share ?? 0;
  return microseconds(figures.total * share);
}

/** Less isn't seen in a bar either. */
const leastShare = 0.005;

/** `86% outgoing HTTP`, largest first, each with its kind. */
export const kindParts = ({
  kinds,
}: KindShares): readonly { readonly kind: CostKind; readonly text: string }[] =>
  kinds
    .filter(({ share }) => share >= leastShare)
    .map(({ kind, share }) => ({ kind, text: `${wholePercent(share)} ${kindText(kind)}` }));

const wholePercent = (share: number) => formatPercent(Math.round(share * 100) / 100);

/** What the shares rest on, as a sentence. */
export const kindsSentence = ({ requests }: KindShares): string =>
  requests === 1
    ? message('Time shares are based on 1 sampled request.')
    : message('Time shares are based on {0} sampled requests.', formatCount(requests));
