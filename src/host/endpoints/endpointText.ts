import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { basisSentences } from '../../core/correlate/lens/basisText.ts';
import type { EndpointOrder } from '../../core/correlate/figures/figureOrder.ts';
import type { KindShares } from '../../core/explain/requestKinds.ts';
import type { Figures } from '../../core/correlate/figures/figures.ts';
import {
  errorParts,
  errorShare,
  mixedParts,
  quantileParts,
  quantilesText,
  quantileText,
  totalParts,
} from '../../core/correlate/figures/figuresText.ts';
import { noTracesText } from '../../core/correlate/lens/lensText.ts';
import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import { requestsText } from '../labels.ts';
import type { BarTone } from './barIcon.ts';
import { isKind, type RowOrder } from './endpointOrder.ts';
import { kindParts, kindsSentence, timeIn } from './rowKinds.ts';
import { rowTitle } from './rowTitle.ts';

/** Stands for a figure that the source doesn't know. */
const unknown = '–';

/** What a row is ordered by; empty without figures. */
export function costText(row: EndpointRow, order: RowOrder, kinds?: KindShares): string {
  const { figures } = row;
  if (!figures) return '';
  if (isKind(order)) {
    const time = timeIn(order, row, kinds);
    if (time === undefined) return unknown;
    return time === 0 ? '0' : `≈${formatDuration(time)}`;
  }
  switch (order) {
    case 'p95':
      return quantileText(figures, 'p95') ?? unknown;
    case 'total':
      return figures.total === undefined ? unknown : formatDuration(figures.total);
    case 'errors':
      return errorCostText(figures);
    case 'count':
      return formatCount(figures.count);
  }
}

/** Of a sample the share: how many failed among all isn't known. */
function errorCostText(figures: Figures): string {
  if (figures.errors !== undefined) return formatCount(figures.errors);
  const share = errorShare(figures);
  return share === undefined ? unknown : formatPercent(share);
}

/** Beside the label: the figures that it doesn't give. */
export function rowDescription(
  { figures }: EndpointRow,
  order: RowOrder,
  windowMinutes: number,
): string {
  if (!figures) return noTracesText(windowMinutes);
  const parts = figureParts(figures);
  const rest = (['p95', 'count', 'errors', 'total'] as const).filter(
    (part) => part !== order || part === 'errors',
  );
  return [...rest.flatMap((part) => parts[part]), ...mixedParts(figures)].join(' · ');
}

/** Each as the parts of a list that it makes: no errors make none. */
function figureParts(figures: Figures): Record<EndpointOrder, readonly string[]> {
  return {
    p95: quantileParts(figures, ['p95']),
    total: totalParts(figures),
    errors: errorParts(figures),
    count: [requestsText(figures.count)],
  };
}

/** What a screen reader says of a row: title, then every figure; what its icon says, errors say in words. */
export function spokenRow(
  row: EndpointRow,
  windowMinutes: number,
  tone: BarTone,
  kinds?: KindShares,
): string {
  const { figures } = row;
  if (!figures) return `${rowTitle(row)}, ${noTracesText(windowMinutes)}`;
  const { p95, total, errors, count } = figureParts(figures);
  const slow = tone === 'slow' ? [message('slow')] : [];
  const mixed = mixedParts(figures);
  const spent = kinds ? kindParts(kinds).map(({ text }) => text) : [];
  return [rowTitle(row), ...p95, ...slow, ...errors, ...count, ...total, ...mixed, ...spent].join(
    ', ',
  );
}

/** The lines of a row's tooltip, without its title and what its bar is split by; plain text. */
export function rowDetails(row: EndpointRow, kinds?: KindShares): readonly string[] {
  const { figures, handler, reason } = row;
  const symbol = handler ? [`${handler.controller}.${handler.handler}`] : [];
  const why = reason === '' ? [] : [reason];
  if (!figures) return [...symbol, ...why];
  const { total, errors, count } = figureParts(figures);
  const quantiles = quantilesText(figures);
  return [
    ...symbol,
    ...(quantiles === '' ? [] : [quantiles]),
    [...count, ...errors, ...total].join(' · '),
    ...why,
    ...basisSentences(figures),
    ...(kinds ? [kindsSentence(kinds)] : []),
  ];
}
